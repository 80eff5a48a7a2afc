import { defineTable, integer, type OwnerKind, type RowOf, text } from "../schema.ts";

/** Deleted pools and groups whose content is still being removed. */
export const purgesTable = defineTable({
  name: "purges",
  columns: { key: integer(), kind: text<OwnerKind>() },
  key: ["key"],
});

export type PurgesTable = RowOf<typeof purgesTable>;
