import { forgettingTime } from "../clock.ts";
import { purgeExpired } from "../storage/index.ts";
import { type Environment, replenishSpareKeys } from "../user-pools/index.ts";
import { endRotation } from "./master-key-rotation.ts";
import { repeat } from "./repeat.ts";

/** How often expired sessions and the like are deleted, and the stock of keys is looked at. */
const HOUSEKEEPING_MILLISECONDS = 60_000;

/**
 * @param isRotating whether older master keys than the one that seals are still given
 * @returns what ends it, once what is under way is done
 */
export function startHousekeeping(environment: Environment, isRotating: boolean): () => Promise<void> {
  const { store, clock, log } = environment;
  const forgetUpTo = forgettingTime(clock, () => performance.now());
  let underWay = isRotating ? resealEverything(environment) : Promise.resolve();
  let hasEnded = false;
  const work = () => {
    underWay = underWay
      .then(() => replenishSpareKeys(environment))
      .then(() => purgeExpired(store, forgetUpTo()))
      .then(
        () => undefined,
        (error) => {
          // The store may have been closed since.
          if (!hasEnded) log.error({ err: error }, "Housekeeping failed");
        },
      );
  };
  const end = repeat(work, HOUSEKEEPING_MILLISECONDS);
  return () => {
    hasEnded = true;
    end();
    return underWay;
  };
}

/** Seals under the newest master key what an older one sealed, so that the older one can be taken away. */
async function resealEverything({ store, log }: Environment): Promise<void> {
  try {
    const resealed = await store.maintenance.reseal();
    await endRotation(store);
    log.info(
      { resealed },
      "All secrets are sealed under the first master key; the other keys can be removed",
    );
  } catch (error) {
    log.error({ err: error }, "Sealing under the first master key failed; the other keys are still needed");
  }
}
