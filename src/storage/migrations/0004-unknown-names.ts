/** What is counted against names that no user has, so that a limit does not tell which users exist. */
import type { Migration } from "./migration.ts";
import { rawStatement } from "./raw-statement.ts";

export const unknownNames: Migration = {
  version: 4,
  name: "unknown names",
  statements: ({ name }) => {
    const [integer, text] = name === "sqlite" ? ["integer", "text"] : ["bigint", 'text collate "C"'];
    const columns = `"id" ${text} primary key, "counts" ${text} not null, "expires_at" ${integer} not null`;
    return [
      `create table "unknown_names" (${columns})${name === "sqlite" ? " without rowid" : ""}`,
      'create index "unknown_names_by_expiry" on "unknown_names" ("expires_at")',
    ].map(rawStatement);
  },
};
