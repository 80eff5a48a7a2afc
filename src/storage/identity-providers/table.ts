import { bytes, defineTable, integer, type RowOf, text } from "../schema.ts";
import type { IdentityProviderRecord } from "./record.ts";

export const identityProvidersTable = defineTable({
  name: "identity_providers",
  columns: {
    pool_key: integer(),
    name: text(),
    type: text<IdentityProviderRecord["type"]>(),
    /** JSON. */
    settings: text(),
    /** JSON: a list, the same as in identity_provider_identifiers. */
    identifiers: text(),
    /** JSON. */
    sealed_details: bytes(),
    created_at: integer(),
    last_modified_at: integer(),
  },
  key: ["pool_key", "name"],
  owners: [{ kind: "pool", column: "pool_key", removal: "at once" }],
  sealed: { sealed_details: ["pool_id", "name"] },
});

export type IdentityProvidersTable = RowOf<typeof identityProvidersTable>;

/** Its primary key is the promise that each identifier finds one provider. */
export const identityProviderIdentifiersTable = defineTable({
  name: "identity_provider_identifiers",
  columns: { pool_key: integer(), identifier: text(), provider_name: text() },
  key: ["pool_key", "identifier"],
  isClustered: true,
  indexes: { identity_provider_identifiers_of_provider: ["pool_key", "provider_name"] },
  references: {
    provider: {
      columns: ["pool_key", "provider_name"],
      table: "identity_providers",
      foreignColumns: ["pool_key", "name"],
    },
  },
});
