/**
 * The first schema: the tables as their aggregates describe them. Until the first release it follows their descriptions;
 * from then on it is frozen, and later migrations make what changes.
 */
import { createTable } from "../create-table.ts";
import { tables } from "../tables.ts";
import type { Migration } from "./migration.ts";

export const firstSchema: Migration = {
  version: 1,
  name: "first schema",
  statements: (dialect) => [
    ...tables.flatMap((table) => createTable(table, dialect)),
    dialect.kysely.insertInto("key_counter").values({ id: 1, last: 0 }),
  ],
};
