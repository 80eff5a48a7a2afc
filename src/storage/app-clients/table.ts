import { bytes, defineTable, integer, nullable, type RowOf, text } from "../schema.ts";

/** Found by id alone: unsigned operations have nothing else. The key distinguishes a client from a later one of the same id. */
export const appClientsTable = defineTable({
  name: "app_clients",
  columns: {
    key: integer(),
    id: text(),
    pool_key: integer(),
    name: text(),
    /** JSON: the secrets, each with its value. */
    sealed_secrets: nullable(bytes()),
    /** JSON, in the API's words. */
    settings: text(),
    created_at: integer(),
    last_modified_at: integer(),
  },
  key: ["key"],
  unique: { app_clients_id: ["id"] },
  indexes: { app_clients_of_pool: ["pool_key", "created_at", "id"] },
  owners: [{ kind: "pool", column: "pool_key", removal: "at once" }],
  sealed: { sealed_secrets: ["id"] },
});

export type AppClientsTable = RowOf<typeof appClientsTable>;
