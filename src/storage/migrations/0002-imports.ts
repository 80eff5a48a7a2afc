/**
 * Tables for imports: hashes of passwords that other systems made, and of jobs the uploaded file and the log, in parts. No
 * earlier version took a file, so the column for it goes as it is: empty.
 */
import type { Migration } from "./migration.ts";
import { rawStatement } from "./raw-statement.ts";

export const imports: Migration = {
  version: 2,
  name: "imports",
  statements: ({ name }) => {
    const [text, bytes] = name === "sqlite" ? ["text", "blob"] : ['text collate "C"', "bytea"];
    const integer = name === "sqlite" ? "integer" : "bigint";
    return [
      `alter table "users" add column "sealed_imported_password" ${bytes}`,
      'create index "users_by_imported_password" on "users" ("pool_key") where "sealed_imported_password" is not null',
      'alter table "import_jobs" drop column "sealed_file"',
      `create table "import_job_parts" ("pool_key" ${integer} not null, "job_id" ${text} not null, "name" ${text} not null, ` +
        `"sealed_content" ${bytes} not null, constraint "import_job_parts_primary" primary key ("pool_key", "job_id", "name"), ` +
        'constraint "import_job_parts_job" foreign key ("pool_key", "job_id") references "import_jobs" ("pool_key", "id") on delete cascade)',
    ].map(rawStatement);
  },
};
