/**
 * One core's worth of a primitive, over and over for a while: what `src/crypto` has OpenSSL and its threads do, without
 * anything around it.
 */
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createRequire } from "node:module";
import { setImmediate as nextTurn } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import {
  exponentiationThread,
  groupParameters,
  type PowerRequest,
} from "../src/crypto/srp/exponentiation-thread.ts";
import { g, N, toNumber } from "../src/crypto/srp/srp-numbers.ts";
import type { ThreadAnswer } from "../src/thread.ts";
import type { Primitive } from "./ceiling.ts";

const NUMBER_BYTES = 384;
const EXPONENT_BYTES = 32;
/** About as long as the part of a token that is signed. */
const SIGNED_BYTES = 900;
/** Turns of the event loop that the thread's program takes to make its table, and some more. */
const PREPARATION_TURNS = 100;

/** Runs the exponentiation thread's own program in this thread, so that asking it costs no message. */
async function exponentiationHere(): Promise<(request: PowerRequest) => void> {
  type Handle = (request: PowerRequest & { readonly id: number }) => void;
  let handle: Handle | undefined;
  let answer: ThreadAnswer<bigint> | undefined;
  const port = {
    on(_event: "message", handler: Handle) {
      handle = handler;
    },
    postMessage(given: ThreadAnswer<bigint>) {
      answer = given;
    },
  };
  const group = groupParameters();
  const nodeRequire = createRequire(import.meta.url);
  const require = (name: string) =>
    name === "node:worker_threads" ? { parentPort: port, workerData: group } : nodeRequire(name);
  exponentiationThread(require);
  for (let turn = 0; turn < PREPARATION_TURNS; turn++) await nextTurn();
  return (request) => {
    handle?.({ ...request, id: 0 });
    if (answer === undefined || "failure" in answer) throw new Error("The exponentiation failed.");
  };
}

async function operationOf(primitive: Primitive): Promise<() => void> {
  if (primitive === "signature") {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const text = randomBytes(SIGNED_BYTES);
    return () => sign("sha256", text, privateKey);
  }
  const power = await exponentiationHere();
  const base = primitive === "powerOfGenerator" ? g : toNumber(randomBytes(NUMBER_BYTES)) % N;
  return () => power({ base, exponent: toNumber(randomBytes(EXPONENT_BYTES)) });
}

const { primitive, milliseconds } = workerData as { primitive: Primitive; milliseconds: number };
const operation = await operationOf(primitive);
for (const end = performance.now() + milliseconds / 5; performance.now() < end; ) operation();
let count = 0;
const begin = performance.now();
while (performance.now() < begin + milliseconds) {
  operation();
  count += 1;
}
parentPort?.postMessage(count / ((performance.now() - begin) / 1000));
