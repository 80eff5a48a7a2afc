/** How many sign-ins pools with threat protection had, by hour: what the console shows as a chart. */
import type { Migration } from "./migration.ts";
import { rawStatement } from "./raw-statement.ts";

export const signInCounts: Migration = {
  version: 3,
  name: "sign-in counts",
  statements: ({ name }) => {
    const [integer, text] = name === "sqlite" ? ["integer", "text"] : ["bigint", 'text collate "C"'];
    const columns =
      `"pool_key" ${integer} not null, "hour" ${integer} not null, "outcome" ${text} not null, ` +
      `"sign_ins" ${integer} not null, constraint "sign_in_counts_primary" primary key ("pool_key", "hour", "outcome")`;
    return [
      `create table "sign_in_counts" (${columns})${name === "sqlite" ? " without rowid" : ""}`,
      'create index "sign_in_counts_by_age" on "sign_in_counts" ("hour")',
    ].map(rawStatement);
  },
};
