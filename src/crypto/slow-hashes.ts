/**
 * Hashes that are slow on purpose, on a thread of their own. libuv's threads sign tokens and write to disk: hashes there
 * would hold up every sign-in.
 */
import { Worker } from "node:worker_threads";
import { Overloaded } from "./exponentiation.ts";

/** Hashes that run or wait. One more is refused at once: it would wait, and so would all that come after it. */
const MAX_UNDER_WAY = 2;

/** The cost of scrypt. @see RFC 7914 §2 */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

interface HashRequest {
  readonly id: number;
  readonly password: string;
  readonly salt: Uint8Array;
  readonly length: number;
  readonly cost: ScryptCost;
}

type HashAnswer =
  | { readonly id: number; readonly hash: Uint8Array }
  | { readonly id: number; readonly failure: string };

interface Pending {
  resolve(hash: Buffer): void;
  reject(error: Error): void;
}

const pending = new Map<number, Pending>();
let thread: Worker | undefined;
let nextId = 0;

/**
 * scrypt of a password, in NFKC so that it does not depend on the keyboard.
 *
 * @param length of the hash in bytes
 * @throws Overloaded two are under way already
 */
export function scryptInThread(
  password: string,
  salt: Uint8Array,
  length: number,
  cost: ScryptCost,
): Promise<Buffer> {
  if (pending.size >= MAX_UNDER_WAY)
    return Promise.reject(new Overloaded("Too many passwords are being checked."));
  thread ??= startThread();
  const worker = thread;
  return new Promise((resolve, reject) => {
    const id = nextId++;
    pending.set(id, { resolve, reject });
    worker.ref();
    const request: HashRequest = { id, password: password.normalize("NFKC"), salt, length, cost };
    worker.postMessage(request);
  });
}

/** The thread starts with the first hash and does not keep the process alive when it is idle. */
function startThread(): Worker {
  const worker = new Worker(`(${runThread.toString()})(require);`, { eval: true, execArgv: [], env: {} });
  worker.on("message", (answer: HashAnswer) => {
    const request = pending.get(answer.id);
    pending.delete(answer.id);
    if (pending.size === 0) worker.unref();
    if ("hash" in answer) request?.resolve(Buffer.from(answer.hash));
    else request?.reject(new Error(`A hash failed: ${answer.failure}`));
  });
  const fail = (error: Error) => {
    if (thread === worker) thread = undefined;
    for (const request of pending.values()) request.reject(error);
    pending.clear();
  };
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("The thread of slow hashes ended.")));
  worker.unref();
  return worker;
}

/** Nothing outside this function exists where it runs: it may use imported types, but no imported values. */
function runThread(require: (name: string) => unknown): void {
  const crypto = require("node:crypto") as typeof import("node:crypto");
  const { parentPort } = require("node:worker_threads") as typeof import("node:worker_threads");
  parentPort?.on("message", ({ id, password, salt, length, cost }: HashRequest) => {
    try {
      const maxmem = 256 * cost.N * cost.r;
      parentPort.postMessage({ id, hash: crypto.scryptSync(password, salt, length, { ...cost, maxmem }) });
    } catch (error) {
      parentPort.postMessage({ id, failure: String(error) });
    }
  });
}
