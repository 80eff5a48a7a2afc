/**
 * How many sign-ins a pool with threat protection had, by hour and outcome. They are counted in memory and written every few
 * seconds, so that a sign-in costs an addition. A crash loses counts that were not written.
 */
import type { AuthEvent } from "../../events.ts";
import { OwnerMissing, type SignInCount, type SignInOutcome } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";

const HOUR_MILLISECONDS = 60 * 60 * 1000;
const WRITE_EVERY_MILLISECONDS = 10_000;

export interface SignInCounts {
  /** The hours from `from` up to and without `to`, oldest first, with what this node has counted a moment ago. */
  ofPool(poolId: string, from: number, to: number): Promise<readonly SignInCount[]>;
  /** Writes the remaining counts and stops. */
  close(): Promise<void>;
}

export function createSignInCounts({
  store,
  events,
  log,
}: Pick<Environment, "store" | "events" | "log">): SignInCounts {
  let counted = new Map<string, { poolId: string; count: SignInCount }>();
  let writing = Promise.resolve();

  const unsubscribe = events.subscribe("authEvent", (event) => {
    const outcome = outcomeOf(event);
    if (outcome === undefined) return;
    const { poolId } = event;
    const at = event.event.CreationDate ?? 0;
    const hour = at - (at % HOUR_MILLISECONDS);
    const key = `${poolId} ${hour} ${outcome}`;
    const signIns = (counted.get(key)?.count.signIns ?? 0) + 1;
    counted.set(key, { poolId, count: { hour, outcome, signIns } });
  });

  const write = () => {
    writing = writing.then(async () => {
      const all = [...counted.values()];
      counted = new Map();
      for (const { poolId, count } of all) {
        try {
          await store.signInCounts.add(poolId, count);
        } catch (error) {
          // The pool was deleted meanwhile.
          if (!(error instanceof OwnerMissing))
            log.error({ err: error, poolId }, "Sign-ins were not counted");
        }
      }
    });
    return writing;
  };
  const timer = setInterval(write, WRITE_EVERY_MILLISECONDS);
  timer.unref();

  return {
    async ofPool(poolId, from, to) {
      await write();
      return store.signInCounts.list(poolId, from, to);
    },
    async close() {
      unsubscribe();
      clearInterval(timer);
      await write();
    },
  };
}

/** Undefined for an event that is not the outcome of a sign-in. */
function outcomeOf({ change, event }: AuthEvent): SignInOutcome | undefined {
  if (event.EventType !== "SignIn" || change !== "outcome") return undefined;
  const decision = event.EventRisk?.RiskDecision;
  if (event.EventResponse === "Pass") return decision === "AccountTakeover" ? "passedAtRisk" : "passed";
  return decision === "Block" ? "blocked" : "failed";
}
