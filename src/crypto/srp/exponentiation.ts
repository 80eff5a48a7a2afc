import { createThread, Overloaded } from "../../thread.ts";
import { exponentiationThread, groupParameters, type PowerRequest } from "./exponentiation-thread.ts";
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

/**
 * Threads start when they are needed. A thread takes 20 MB. Idle threads do not keep the process alive.
 */
export function createExponentiation(threadCount: number, maxWaiting = MAX_WAITING): Exponentiation {
  // A thread starts with its first request, so that no more of them start than are needed: of idle ones, the first is asked.
  const threads = Array.from({ length: threadCount }, () =>
    createThread<PowerRequest, bigint>({
      name: "exponentiations",
      program: exponentiationThread,
      workerData: groupParameters,
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    }),
  );
  let isClosed = false;

  function powerInThread(request: PowerRequest): Promise<bigint> {
    const thread = threads.reduce((best, other) => (other.underWay() < best.underWay() ? other : best));
    if (thread.underWay() >= maxWaiting)
      return Promise.reject(new Overloaded("Too many exponentiations wait."));
    return thread.ask(request);
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
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}
