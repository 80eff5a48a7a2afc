import type { Store } from "./store.ts";

/** Steps of one kind in one run: what remains waits for the next, so that a run never hogs the database for long. */
const MAX_STEPS = 100;

/**
 * How long a sign-in outlives its refresh token: an access token that was refreshed at the last moment lives up to a day,
 * and is looked up by its sign-in.
 */
const MAX_ACCESS_TOKEN_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Forgets what nobody can use any more: spent ids, codes and sign-ins that have expired, and the content of deleted pools and
 * groups. To be called every minute or so; several nodes may do it at once.
 *
 * @param now milliseconds since the Unix epoch
 * @returns how many rows were removed
 */
export async function purgeExpired(store: Store, now: number): Promise<number> {
  let removed = 0;
  const steps = [
    () => store.usedTickets.deleteExpired(now),
    () => store.codes.deleteExpired(now),
    () => store.signIns.deleteExpired(now - MAX_ACCESS_TOKEN_MILLISECONDS),
    () => store.maintenance.purgeDeleted(),
  ];
  for (const step of steps) {
    for (let taken = 0; taken < MAX_STEPS; taken++) {
      const rows = await step();
      removed += rows;
      if (rows === 0) break;
    }
  }
  return removed;
}
