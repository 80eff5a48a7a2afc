import { bytes, defineTable, integer, nullable, type RowOf, text } from "../schema.ts";

export const importJobsTable = defineTable({
  name: "import_jobs",
  columns: {
    pool_key: integer(),
    id: text(),
    /** JSON: the record without what has a column. */
    settings: text(),
    created_at: integer(),
    /** The uploaded file: attributes of users, and perhaps hashes of their passwords. */
    sealed_file: nullable(bytes()),
  },
  key: ["pool_key", "id"],
  indexes: { import_jobs_by_creation: ["pool_key", "created_at", "id"] },
  owners: [{ kind: "pool", column: "pool_key", removal: "at once" }],
  sealed: { sealed_file: ["pool_id", "id"] },
});

export type ImportJobsTable = RowOf<typeof importJobsTable>;
