import { bytes, defineTable, integer, type RowOf, text } from "../schema.ts";

export const importJobsTable = defineTable({
  name: "import_jobs",
  columns: {
    pool_key: integer(),
    id: text(),
    /** JSON: the record without what has a column. */
    settings: text(),
    created_at: integer(),
  },
  key: ["pool_key", "id"],
  indexes: { import_jobs_by_creation: ["pool_key", "created_at", "id"] },
  owners: [{ kind: "pool", column: "pool_key", removal: "at once" }],
});

export type ImportJobsTable = RowOf<typeof importJobsTable>;

/** The uploaded file and the log, in parts, so that no job needs the memory of a whole file. */
export const importJobPartsTable = defineTable({
  name: "import_job_parts",
  columns: {
    pool_key: integer(),
    job_id: text(),
    /** The name of the part: `log/00000001`. */
    name: text(),
    /** Attributes of users, and perhaps hashes of their passwords. */
    sealed_content: bytes(),
  },
  key: ["pool_key", "job_id", "name"],
  references: {
    job: { columns: ["pool_key", "job_id"], table: "import_jobs", foreignColumns: ["pool_key", "id"] },
  },
  sealed: { sealed_content: ["pool_id", "job_id", "name"] },
});
