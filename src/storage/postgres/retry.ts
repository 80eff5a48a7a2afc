import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../../random.ts";
import { isConflict } from "./errors.ts";

/** Enough for some dozens of nodes that write one row, of which one succeeds in each round. */
const MAX_ATTEMPTS = 50;

const FIRST_WAIT_MILLISECONDS = 2;
const MAX_WAIT_MILLISECONDS = 100;

/**
 * Runs transactions again after conflicts. Those of this process that had a conflict run one after another. Otherwise a
 * hundred that write one row would keep all connections busy, and one attempt in ten would succeed. The waits between
 * attempts grow and are random, so that several processes do not conflict again.
 */
export class ConflictRetries {
  readonly #random: Random;
  /** Settles when the last of those that wait has ended. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(random: Random) {
    this.#random = random;
  }

  async run<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
    const result = this.#last.then(() => this.#again(attempt));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #again<T>(attempt: () => Promise<T>): Promise<T> {
    for (let attempts = 2; ; attempts++) {
      try {
        return await attempt();
      } catch (error) {
        if (!isConflict(error) || attempts === MAX_ATTEMPTS) throw error;
      }
      const longest = Math.min(FIRST_WAIT_MILLISECONDS * 2 ** attempts, MAX_WAIT_MILLISECONDS);
      const [share = 0] = this.#random.bytes(1);
      await wait((longest * share) / 255);
    }
  }
}
