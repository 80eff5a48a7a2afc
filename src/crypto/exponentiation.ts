import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { N, N_HEX, pad } from "./srp-numbers.ts";

/** Raises numbers to powers in the SRP group, off the main thread. */
export interface Exponentiation {
  /** base^exponent mod N */
  power(base: bigint, exponent: bigint): Promise<bigint>;
  close(): Promise<void>;
}

/** More would wait longer than a client does; what comes on top is refused. */
const MAX_WAITING = 10_000;

const MODULUS_BYTES = 384;

/**
 * OpenSSL raises to a power as a raw RSA public operation (n = N, e = exponent, no padding): 2,000 times a second on a core,
 * six times as fast as BigInt. Node has no asynchronous form of it, hence threads. Plain JavaScript in a string, so that it
 * is the same in the sources and in the bundle.
 */
const WORKER_SOURCE = `
const { createPublicKey, publicEncrypt, constants } = require("node:crypto");
const { parentPort, workerData } = require("node:worker_threads");
parentPort.on("message", ({ id, base, exponent }) => {
  try {
    const key = createPublicKey({
      key: { kty: "RSA", n: workerData.n, e: Buffer.from(exponent).toString("base64url") },
      format: "jwk",
    });
    const power = publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, base);
    parentPort.postMessage({ id, power });
  } catch (error) {
    parentPort.postMessage({ id, message: String(error) });
  }
});
`;

interface Answer {
  readonly id: number;
  readonly power?: Uint8Array;
  readonly message?: string;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve(power: bigint): void; reject(error: Error): void }>;
}

/**
 * Threads start with the first exponentiation, as many as half the cores (signing takes the rest), and do not keep the
 * process alive when they are idle.
 */
export function createExponentiation(
  threadCount = Math.max(1, Math.floor(availableParallelism() / 2)),
): Exponentiation {
  const threads: Thread[] = [];
  let nextId = 0;
  let isClosed = false;

  function startThread(): Thread {
    const worker = new Worker(WORKER_SOURCE, {
      eval: true,
      workerData: { n: Buffer.from(N_HEX, "hex").toString("base64url") },
      // It needs next to nothing; the defaults would reserve as much as for the main thread.
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
    });
    const thread: Thread = { worker, waiting: new Map() };
    worker.on("message", ({ id, power, message }: Answer) => {
      const request = thread.waiting.get(id);
      thread.waiting.delete(id);
      if (thread.waiting.size === 0) worker.unref();
      if (power === undefined) request?.reject(new Error(`Exponentiation failed: ${message}`));
      else request?.resolve(BigInt(`0x${Buffer.from(power).toString("hex")}`));
    });
    worker.on("error", (error) => stop(thread, error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", () => stop(thread, new Error("The exponentiation thread ended.")));
    worker.unref();
    threads.push(thread);
    return thread;
  }

  /** A thread that ended fails what it was asked; the next request starts another. */
  function stop(thread: Thread, error: Error): void {
    const index = threads.indexOf(thread);
    if (index !== -1) threads.splice(index, 1);
    for (const request of thread.waiting.values()) request.reject(error);
    thread.waiting.clear();
  }

  function leastBusy(): Thread {
    const [first, ...others] = threads;
    if (first === undefined) return startThread();
    const idlest = others.reduce(
      (best, thread) => (thread.waiting.size < best.waiting.size ? thread : best),
      first,
    );
    return idlest.waiting.size > 0 && threads.length < threadCount ? startThread() : idlest;
  }

  return {
    power(base, exponent) {
      // RSA keys with these are refused by OpenSSL, or cost nothing.
      if (exponent < 2n || base < 2n) return Promise.resolve(exponent === 0n ? 1n : base % N);
      if (isClosed) return Promise.reject(new Error("Exponentiation is closed."));
      const thread = leastBusy();
      if (thread.waiting.size >= MAX_WAITING)
        return Promise.reject(new Error("Too many exponentiations are waiting."));
      return new Promise((resolve, reject) => {
        const id = nextId++;
        thread.waiting.set(id, { resolve, reject });
        thread.worker.ref();
        thread.worker.postMessage({ id, base: fixedLength(base % N), exponent: pad(exponent) });
      });
    },
    async close() {
      isClosed = true;
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

function fixedLength(number: bigint): Buffer {
  return Buffer.from(number.toString(16).padStart(MODULUS_BYTES * 2, "0"), "hex");
}
