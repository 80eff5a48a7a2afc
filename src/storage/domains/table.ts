import { defineTable, integer, type RowOf, text } from "../schema.ts";

/** Unique over all pools: a request finds its pool by Host. */
export const domainsTable = defineTable({
  name: "domains",
  columns: {
    domain: text(),
    pool_key: integer(),
    /** JSON, in the API's words. */
    settings: text(),
    created_at: integer(),
  },
  key: ["domain"],
  indexes: { domains_of_pool: ["pool_key", "created_at", "domain"] },
  owners: [{ kind: "pool", column: "pool_key", removal: "at once" }],
});

export type DomainsTable = RowOf<typeof domainsTable>;
