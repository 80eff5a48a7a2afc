import { defineTable, integer, text } from "../schema.ts";

/** As long as the events themselves. */
const KEPT_MILLISECONDS = 2 * 365 * 24 * 60 * 60 * 1000;

/** How many sign-ins pools with threat protection had, by hour and outcome. */
export const signInCountsTable = defineTable({
  name: "sign_in_counts",
  columns: { pool_key: integer(), hour: integer(), outcome: text(), sign_ins: integer() },
  key: ["pool_key", "hour", "outcome"],
  isClustered: true,
  indexes: { sign_in_counts_by_age: ["hour"] },
  owners: [{ kind: "pool", column: "pool_key", removal: "in steps" }],
  expiry: { column: "hour", keptMilliseconds: KEPT_MILLISECONDS },
});
