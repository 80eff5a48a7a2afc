/**
 * Everything in which the engines' SQL differs. The queries and migrations are written once, in Kysely, and compiled for
 * either; what they cannot say alike they ask of this file.
 */
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { Database } from "./tables.ts";

export type EngineName = "sqlite" | "postgres";

export interface Dialect {
  readonly name: EngineName;
  /** Builds and compiles queries; it is never asked to run them: each engine runs compiled queries itself. */
  readonly kysely: Kysely<Database>;
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
};
