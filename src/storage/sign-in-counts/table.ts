import { EVENTS_KEPT_MILLISECONDS } from "../event-history.ts";
import { defineTable, integer, text } from "../schema.ts";
import type { SignInOutcome } from "./record.ts";

/** How many sign-ins pools with threat protection had, by hour and outcome. Kept as long as the events themselves. */
export const signInCountsTable = defineTable({
  name: "sign_in_counts",
  columns: { pool_key: integer(), hour: integer(), outcome: text<SignInOutcome>(), sign_ins: integer() },
  key: ["pool_key", "hour", "outcome"],
  isClustered: true,
  indexes: { sign_in_counts_by_age: ["hour"] },
  owners: [{ kind: "pool", column: "pool_key", removal: "in steps" }],
  expiry: { column: "hour", keptMilliseconds: EVENTS_KEPT_MILLISECONDS },
});
