import type { Log } from "../../log.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import type { Triggers } from "./triggers.ts";

/** A pool may name functions that do not exist, as in Cognito. A log line warns of it when the pool is saved. */
export function warnOfMissingFunctions(
  { triggers, log }: { readonly triggers: Triggers; readonly log: Log },
  pool: UserPoolRecord,
): void {
  for (const { trigger, arn, lookedFor } of triggers.missing(pool))
    log.warn({ poolId: pool.id, trigger, arn, lookedFor }, "The function of a trigger does not exist");
}
