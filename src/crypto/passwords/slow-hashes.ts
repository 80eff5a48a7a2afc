/**
 * Hashes that are slow by design, on a thread of their own. On libuv's threads, which sign tokens and write to disk,
 * they would delay every sign-in.
 */
import { createThread, Overloaded } from "../../thread.ts";

/** Hashes that run or wait. One more is refused at once: it would wait, and so would all that come after it. */
const MAX_UNDER_WAY = 2;

/** The cost of scrypt. @see RFC 7914 §2 */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

interface HashRequest {
  readonly password: string;
  readonly salt: Uint8Array;
  readonly length: number;
  readonly cost: ScryptCost;
}

const thread = createThread<HashRequest, Uint8Array>({ name: "slow hashes", program: runThread });

/**
 * scrypt of a password, in NFKC so that it does not depend on the keyboard.
 *
 * @param length of the hash in bytes
 * @throws Overloaded two are under way already
 */
export async function scryptInThread(
  password: string,
  salt: Uint8Array,
  length: number,
  cost: ScryptCost,
): Promise<Buffer> {
  if (thread.underWay() >= MAX_UNDER_WAY) throw new Overloaded("Too many passwords are being checked.");
  return Buffer.from(await thread.ask({ password: password.normalize("NFKC"), salt, length, cost }));
}

function runThread(require: (name: string) => unknown): void {
  const crypto = require("node:crypto") as typeof import("node:crypto");
  const { parentPort } = require("node:worker_threads") as typeof import("node:worker_threads");
  parentPort?.on("message", ({ id, password, salt, length, cost }: HashRequest & { readonly id: number }) => {
    try {
      const maxmem = 256 * cost.N * cost.r;
      parentPort.postMessage({ id, result: crypto.scryptSync(password, salt, length, { ...cost, maxmem }) });
    } catch (error) {
      parentPort.postMessage({ id, failure: String(error) });
    }
  });
}
