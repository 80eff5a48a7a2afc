import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Overloaded } from "../../thread.ts";
import {
  exponentiationThreadSource,
  groupParameters,
  type PowerAnswer,
  type PowerRequest,
} from "./exponentiation-thread.ts";
import { N } from "./srp-numbers.ts";

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
  /** Stops the threads and rejects their pending requests. */
  close(): Promise<void>;
}

/** For each thread: some six seconds of work. */
const MAX_WAITING = 10_000;

interface Waiting {
  resolve(power: bigint): void;
  reject(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
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
      workerData: groupParameters(),
      // The defaults would reserve as much as for the main thread.
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
      // The thread needs neither the process's flags nor its environment.
      execArgv: [],
      env: {},
    });
    const thread: Thread = { worker, waiting: new Map() };
    worker.on("message", (answer: PowerAnswer) => {
      const request = thread.waiting.get(answer.id);
      thread.waiting.delete(answer.id);
      if (thread.waiting.size === 0) worker.unref();
      if ("power" in answer) request?.resolve(answer.power);
      else request?.reject(new Error(`Exponentiation failed: ${answer.failure}`));
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

  function powerInThread(request: Omit<PowerRequest, "id">): Promise<bigint> {
    const { worker, waiting } = leastBusy();
    if (waiting.size >= maxWaiting) return Promise.reject(new Overloaded("Too many exponentiations wait."));
    return new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ ...request, id } satisfies PowerRequest);
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
    async close() {
      isClosed = true;
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
