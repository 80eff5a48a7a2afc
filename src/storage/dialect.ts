/**
 * Everything in which the engines' SQL differs. The queries and migrations are written once, in Kysely, and compiled for
 * either; what they cannot say alike they ask of this file.
 */
import {
  type CreateTableBuilder,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from "kysely";
import type { Database } from "./tables.ts";

export type EngineName = "sqlite" | "postgres";

export interface Dialect {
  readonly name: EngineName;
  /** Builds and compiles queries; it is never asked to run them: each engine runs compiled queries itself. */
  readonly kysely: Kysely<Database>;
  readonly types: ColumnTypes;
  /** Ends the definition of a table whose rows are short and found by their primary key. */
  clustered<Table extends string>(table: CreateTableBuilder<Table>): CreateTableBuilder<Table>;
}

interface ColumnTypes {
  /** Compared byte by byte, which for UTF-8 is the order of code points. */
  readonly text: RawBuilder<unknown>;
  /** Up to 2^53. */
  readonly integer: RawBuilder<unknown>;
  readonly bytes: RawBuilder<unknown>;
}

export const sqliteDialect: Dialect = {
  name: "sqlite",
  kysely: new Kysely<Database>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  types: { text: sql`text`, integer: sql`integer`, bytes: sql`blob` },
  // The primary key is the table, which saves a second tree; it suits rows well below a page.
  clustered: (table) => table.modifyEnd(sql`without rowid`),
};

export const postgresDialect: Dialect = {
  name: "postgres",
  kysely: new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
  // Without the collation a prefix search could not use an index, and the order would depend on the server's locale.
  types: { text: sql`text collate "C"`, integer: sql`bigint`, bytes: sql`bytea` },
  clustered: (table) => table,
};
