import { defineTable, integer, type RowOf, text } from "../schema.ts";

/** An id is stored for longer than it is valid, so that it stays used if the clock is moved back. */
const KEPT_MILLISECONDS = 60 * 60 * 1000;

/** The ids are digests or random, so no pool leads them. */
export const usedTicketsTable = defineTable({
  name: "used_tickets",
  columns: { id: text(), expires_at: integer() },
  key: ["id"],
  isClustered: true,
  indexes: { used_tickets_by_expiry: ["expires_at"] },
  expiry: { column: "expires_at", keptMilliseconds: KEPT_MILLISECONDS },
});

export type UsedTicketsTable = RowOf<typeof usedTicketsTable>;
