import { createHash } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Dialect } from "./dialect.ts";
import { ConstraintViolation, type Executor, type Session } from "./engine.ts";
import { CannotOpenDatabase, OtherSchema } from "./errors.ts";
import { migrations } from "./migrations/index.ts";
import type { Migration } from "./migrations/migration.ts";
import { prepared, runOnce } from "./query.ts";
import type { SchemaMigrationsTable } from "./tables.ts";

/** The schema versions before and after a migration. */
export interface SchemaChange {
  readonly from: number;
  readonly to: number;
}

/**
 * Brings the schema up to the newest version, one migration after another, all in one transaction.
 *
 * @returns the versions before and after; before is 0 for a new database; undefined if nothing was to be done
 * @throws CannotOpenDatabase the database is of a newer version of this program, or of one from before the first release
 */
export async function migrate(
  session: Session,
  dialect: Dialect,
  clock: Clock,
): Promise<SchemaChange | undefined> {
  const newest = migrations.at(-1)?.version ?? 0;
  // A start on an existing database, which is almost every one, writes nothing.
  const present = await versionOf(session.reader).catch(() => undefined);
  if (present !== newest) await createLock(session);
  await refuseOtherSchema(session.reader, dialect);
  if (present === newest) return undefined;

  const from = await session.write(async (writer) => {
    // Writing the lock's row makes others that start now wait for this transaction, and then look again.
    await writer.run(takeLock, {});
    const version = await versionOf(writer);
    if (version > newest) {
      throw new CannotOpenDatabase(
        `The database has schema version ${version}, and this version of Cognate knows none after ${newest}: ` +
          "run the version that wrote it, or a newer one.",
      );
    }
    for (const migration of migrations.filter((one) => one.version > version)) {
      for (const statement of migration.statements(dialect)) {
        await writer.run(runOnce(statement), {});
      }
      await writer.run(recordMigration, {
        version: migration.version,
        name: recordedName(migration, dialect),
        applied_at: clock.now(),
      });
    }
    return version;
  });
  return from === newest ? undefined : { from, to: newest };
}

/**
 * The name of a migration with a digest of its statements. A released migration never changes, so a database with
 * another digest was created by an unreleased program.
 */
function recordedName({ name, statements }: Migration, dialect: Dialect): string {
  const hash = createHash("sha256");
  for (const statement of statements(dialect)) hash.update(`${statement.compile().sql};`);
  return `${name} ${hash.digest("hex").slice(0, 16)}`;
}

async function refuseOtherSchema(reader: Executor, dialect: Dialect): Promise<void> {
  for (const { version, name } of await reader.all(selectMigrations, {})) {
    const known = migrations.find((one) => one.version === version);
    if (known !== undefined && name !== recordedName(known, dialect)) throw new OtherSchema();
  }
}

/** The row of the lock, which is no migration. */
const LOCK_VERSION = 0;

async function createLock(session: Session): Promise<void> {
  try {
    await session.write((writer) => writer.run(createMigrationsTable, {}));
  } catch (error) {
    // Two nodes that start concurrently on an empty database: Postgres lets one make the table and refuses the other.
    if (!(error instanceof ConstraintViolation)) throw error;
  }
  await session.write((writer) => writer.run(insertLock, {}));
}

async function versionOf(executor: Executor): Promise<number> {
  return (await executor.first(selectVersion, {}))?.version ?? LOCK_VERSION;
}

const createMigrationsTable = prepared<Record<never, never>>()((db) =>
  db.schema
    .createTable("schema_migrations")
    .ifNotExists()
    .addColumn("version", "integer", (c) => c.primaryKey())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("applied_at", "bigint", (c) => c.notNull()),
);

const insertLock = prepared<Record<never, never>>()((db) =>
  db
    .insertInto("schema_migrations")
    .values({ version: LOCK_VERSION, name: "lock", applied_at: 0 })
    .onConflict((conflict) => conflict.column("version").doNothing()),
);

const takeLock = prepared<Record<never, never>>()((db) =>
  db
    .updateTable("schema_migrations")
    .set((eb) => ({ applied_at: eb("applied_at", "+", 1) }))
    .where("version", "=", LOCK_VERSION),
);

const selectVersion = prepared<Record<never, never>>()((db) =>
  db.selectFrom("schema_migrations").select("version").orderBy("version", "desc").limit(1),
);

const selectMigrations = prepared<Record<never, never>>()((db) =>
  db.selectFrom("schema_migrations").select(["version", "name"]),
);

const recordMigration = prepared<SchemaMigrationsTable>()((db, p) =>
  db.insertInto("schema_migrations").values({
    version: p("version"),
    name: p("name"),
    applied_at: p("applied_at"),
  }),
);
