import { claimJob, type Environment, runJob } from "../user-pools/index.ts";
import { repeat } from "./repeat.ts";

/** How often a node looks for a job that another has left behind. */
const LOOK_EVERY_MILLISECONDS = 5_000;

/**
 * Runs import jobs: at once those that are started here, and in time those of nodes that have stopped.
 *
 * @returns what ends it, after the rows that are under way
 */
export function startImports(environment: Environment): () => Promise<void> {
  const { random, events, log } = environment;
  const holder = random.uuid();
  let isStopping = false;
  let underWay = Promise.resolve();
  const look = () => {
    underWay = underWay.then(async () => {
      try {
        const job = isStopping ? undefined : await claimJob(environment, holder);
        if (job !== undefined) await runJob(job, holder, environment, () => isStopping);
      } catch (error) {
        log.error({ err: error }, "Looking for import jobs failed");
      }
    });
  };
  const unsubscribe = events.subscribe("importStarted", look);
  const end = repeat(look, LOOK_EVERY_MILLISECONDS);
  return () => {
    isStopping = true;
    unsubscribe();
    end();
    return underWay;
  };
}
