import { defineTable, integer, type RowOf, text } from "../schema.ts";

/** Small values of the installation itself. */
export const installationTable = defineTable({
  name: "installation",
  columns: { name: text(), value: text() },
  key: ["name"],
  isClustered: true,
});

export type InstallationTable = RowOf<typeof installationTable>;

/**
 * One row: the last key that was given to a pool, a client or a group. A row and not a sequence, because it must roll back
 * with the transaction that took the key.
 */
export const keyCounterTable = defineTable({
  name: "key_counter",
  columns: { id: integer(), last: integer() },
  key: ["id"],
});
