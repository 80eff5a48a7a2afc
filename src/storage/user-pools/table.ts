import { defineTable, integer, type RowOf, text } from "../schema.ts";

export const poolsTable = defineTable({
  name: "pools",
  columns: {
    key: integer(),
    id: text(),
    region: text(),
    name: text(),
    /** JSON, in the API's words. */
    settings: text(),
    created_at: integer(),
    last_modified_at: integer(),
  },
  key: ["key"],
  unique: { pools_id: ["id"] },
  // ListUserPools: keys are given in order of creation.
  indexes: { pools_by_region: ["region", "key"] },
});

export type PoolsTable = RowOf<typeof poolsTable>;
