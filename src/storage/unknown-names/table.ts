import { defineTable, integer, type RowOf, text } from "../schema.ts";

/** Names that no user has, of pools whose clients hide that. The ids are digests, so no pool leads them. */
export const unknownNamesTable = defineTable({
  name: "unknown_names",
  columns: {
    id: text(),
    /** JSON. */
    counts: text(),
    expires_at: integer(),
  },
  key: ["id"],
  isClustered: true,
  indexes: { unknown_names_by_expiry: ["expires_at"] },
  expiry: { column: "expires_at", keptMilliseconds: 0 },
});

export type UnknownNamesTable = RowOf<typeof unknownNamesTable>;
