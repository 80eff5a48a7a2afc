import type { Store } from "./store.ts";

/** Steps of one kind in one run: the rest waits for the next run, so that none keeps the database busy for long. */
const MAX_STEPS = 100;

/**
 * Removes what cannot be used any more: what has expired, and the content of deleted pools and groups. To be called every
 * minute or so; several nodes may do it concurrently.
 *
 * @param now milliseconds since the Unix epoch
 * @returns how many rows were removed
 */
export async function purgeExpired(store: Store, now: number): Promise<number> {
  let removed = 0;
  const steps = [() => store.maintenance.deleteExpired(now), () => store.maintenance.purgeDeleted()];
  for (const step of steps) {
    for (let taken = 0; taken < MAX_STEPS; taken++) {
      const rows = await step();
      removed += rows;
      if (rows === 0) break;
    }
  }
  return removed;
}
