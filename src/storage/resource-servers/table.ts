import { defineTable, integer, type RowOf, text } from "../schema.ts";

export const resourceServersTable = defineTable({
  name: "resource_servers",
  columns: {
    pool_key: integer(),
    identifier: text(),
    name: text(),
    /** JSON. */
    scopes: text(),
  },
  key: ["pool_key", "identifier"],
  owners: [{ kind: "pool", column: "pool_key", removal: "at once" }],
});

export type ResourceServersTable = RowOf<typeof resourceServersTable>;
