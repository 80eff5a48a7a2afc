import { claimJob, type Environment, runJob } from "../user-pools/index.ts";

/** How often a node looks for a job that another has left behind. */
const LOOK_EVERY_MILLISECONDS = 5_000;

/** When it looks first: the requests of somebody who waited for the server come before. */
const FIRST_AFTER_MILLISECONDS = 200;

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
  const first = setTimeout(look, FIRST_AFTER_MILLISECONDS).unref();
  const timer = setInterval(look, LOOK_EVERY_MILLISECONDS).unref();
  return () => {
    isStopping = true;
    unsubscribe();
    clearTimeout(first);
    clearInterval(timer);
    return underWay;
  };
}
