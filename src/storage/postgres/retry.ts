import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../../random.ts";
import { isConflict } from "./errors.ts";

/** Enough for some dozens of writers of one row, of which one succeeds in each round. */
const MAX_ATTEMPTS = 50;

const FIRST_WAIT_MILLISECONDS = 2;
const MAX_WAIT_MILLISECONDS = 100;

/**
 * Runs `attempt` again while it loses against other transactions, after waits that grow and differ, so that the losers do
 * not meet again.
 */
export async function retryingConflicts<T>(random: Random, attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isConflict(error) || attempts === MAX_ATTEMPTS) throw error;
    }
    const longest = Math.min(FIRST_WAIT_MILLISECONDS * 2 ** attempts, MAX_WAIT_MILLISECONDS);
    const [share = 0] = random.bytes(1);
    await wait((longest * share) / 255);
  }
}
