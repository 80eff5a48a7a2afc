import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Overloaded } from "../thread.ts";
import {
  exponentiationThreadSource,
  type GroupParameters,
  type PowerRequest,
  type ThreadAnswer,
  type ThreadRequest,
} from "./exponentiation-thread.ts";
import { g, N } from "./srp-numbers.ts";

/** Raises numbers to powers in the SRP group, off the main thread. */
export interface Exponentiation {
  /**
   * base^exponent mod N, of numbers that are not negative.
   *
   * @throws Overloaded too many others are waiting
   */
  power(base: bigint, exponent: bigint): Promise<bigint>;
  /** (factor · base^first)^second mod N. @throws Overloaded too many others are waiting */
  powerOfProduct(factor: bigint, base: bigint, first: bigint, second: bigint): Promise<bigint>;
  /**
   * Flushes a file to the disk, before all powers that wait.
   *
   * @returns false if there is no thread or all are busy, so that the file must be flushed otherwise
   * @throws Error the disk failed
   */
  flush(descriptor: number): Promise<boolean>;
  /** Stops the threads and rejects their pending requests. */
  close(): Promise<void>;
}

/** For each thread: some six seconds of work. */
const MAX_WAITING = 10_000;

/** With more powers that wait, as in SRP, the thread has no time to wait for the disk. */
const MAX_WAITING_AT_FLUSH = 4;

interface Waiting {
  answered(answer: ThreadAnswer): void;
  /** The thread ended before it answered. */
  ended(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  /** Whether it has answered. */
  isReady: boolean;
}

/**
 * Threads start when they are needed, for half the cores at most, and do not keep the process alive when they are idle: a
 * sign-in's signatures, on libuv's threads, take about as long as its exponentiation, and a thread takes 20 MB.
 */
export function createExponentiation(
  threadCount = Math.max(1, Math.floor(availableParallelism() / 2)),
  maxWaiting = MAX_WAITING,
): Exponentiation {
  const threads: Thread[] = [];
  let nextId = 0;
  let isClosed = false;

  function startThread(): Thread {
    const worker = new Worker(exponentiationThreadSource(), {
      eval: true,
      workerData: { modulus: N, generator: g } satisfies GroupParameters,
      // The defaults would reserve as much as for the main thread.
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
      // The thread needs neither the process's flags nor its environment.
      execArgv: [],
      env: {},
    });
    const thread: Thread = { worker, waiting: new Map(), isReady: false };
    worker.on("message", (answer: ThreadAnswer) => {
      const request = thread.waiting.get(answer.id);
      thread.waiting.delete(answer.id);
      thread.isReady = true;
      if (thread.waiting.size === 0) worker.unref();
      request?.answered(answer);
    });
    worker.on("error", (error) => stop(thread, error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", () => stop(thread, new Error("The exponentiation thread ended.")));
    worker.unref();
    threads.push(thread);
    return thread;
  }

  /** Rejects the requests of a thread that ended; the next request starts another thread. */
  function stop(thread: Thread, error: Error): void {
    const index = threads.indexOf(thread);
    if (index !== -1) threads.splice(index, 1);
    for (const request of thread.waiting.values()) request.ended(error);
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

  function ask({ worker, waiting }: Thread, request: Omit<ThreadRequest, "id">, asked: Waiting): void {
    const id = nextId++;
    waiting.set(id, asked);
    worker.ref();
    worker.postMessage({ ...request, id });
  }

  function powerInThread(request: Omit<PowerRequest, "id">): Promise<bigint> {
    const thread = leastBusy();
    if (thread.waiting.size >= maxWaiting) {
      return Promise.reject(new Overloaded("Too many exponentiations wait."));
    }
    return new Promise((resolve, reject) => {
      const answered = (answer: ThreadAnswer) => {
        if ("power" in answer) resolve(answer.power);
        else reject(new Error(`Exponentiation failed: ${"failure" in answer ? answer.failure : "no power"}`));
      };
      ask(thread, request, { answered, ended: reject });
    });
  }

  function flushInThread(thread: Thread, descriptor: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const answered = (answer: ThreadAnswer) => {
        if ("failure" in answer) reject(new Error(`A flush failed: ${answer.failure}`));
        else resolve(true);
      };
      ask(thread, { descriptor }, { answered, ended: () => resolve(false) });
    });
  }

  async function power(base: bigint, exponent: bigint): Promise<bigint> {
    if (isClosed) throw new Error("Exponentiation is closed.");
    // N is a prime, so that exponents count modulo N − 1 (Fermat) for every base but its multiples.
    const [b, e] = [base % N, exponent % (N - 1n)];
    if (exponent === 0n) return 1n;
    if (b < 2n || e === 1n) return b;
    if (e === 0n) return 1n;
    return powerInThread({ base: b, exponent: e });
  }

  return {
    power,
    async powerOfProduct(factor, base, first, second) {
      if (isClosed) throw new Error("Exponentiation is closed.");
      const isOrdinary = [first, second].every((exponent) => exponent > 1n && exponent < N - 1n);
      if (!isOrdinary || base < 2n || base >= N) return power(factor * (await power(base, first)), second);
      return powerInThread({ base, exponent: first, next: { factor, exponent: second } });
    },
    async flush(descriptor) {
      const thread = threads.find(({ isReady, waiting }) => isReady && waiting.size <= MAX_WAITING_AT_FLUSH);
      return thread !== undefined && !isClosed && flushInThread(thread, descriptor);
    },
    async close() {
      isClosed = true;
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
