import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { beforeEach, describe, expect, it } from "vitest";
import { createDatabase } from "../../../test/support/database.ts";
import { stoppedClock } from "../../clock.ts";
import { CannotOpenDatabase, OtherSchema } from "../errors.ts";
import { purgeExpired } from "../housekeeping.ts";
import type { SchemaChange } from "../migrate.ts";
import { openPostgresStore } from "../postgres/index.ts";
import { openSqliteStore } from "../sqlite/index.ts";
import type { Store } from "../store.ts";
import { transparentSealer } from "../testing.ts";
import { readFixture } from "./fixtures/records.ts";
import { migrations } from "./index.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const newest = migrations.length;
const changes: SchemaChange[] = [];
const options = {
  sealer: transparentSealer,
  clock: stoppedClock(0),
  onMigrated: (change: SchemaChange) => void changes.push(change),
};
beforeEach(() => {
  changes.length = 0;
});
/** What a start reports about a database of `version`. */
const changesFrom = (version: number) => (version === newest ? [] : [{ from: version, to: newest }]);

const storedFor = (engine: string) =>
  readdirSync(fixtures)
    .filter((name) => name.endsWith(`.${engine}.sql`))
    .sort()
    .map((name) => ({
      name,
      version: Number.parseInt(name, 10),
      sql: readFileSync(join(fixtures, name), "utf8"),
    }));

async function expectWhole(store: Store, version: number): Promise<void> {
  const { expected, found } = await readFixture(store, version);
  expect(found).toEqual(expected);
  // Rows of deleted pools and groups are found and removed as well.
  expect(await purgeExpired(store, 0)).toBeGreaterThan(0);
  expect((await readFixture(store, version)).found).toEqual(expected);
  await store.close();
}

describe("migrations", () => {
  it("are numbered from 1 without a gap", () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  });

  it.each(["sqlite", "postgres"])(
    "have a stored %s database of each version among the fixtures",
    (engine) => {
      const versions = storedFor(engine).map(({ version }) => version);
      expect(versions).toEqual(migrations.map(({ version }) => version));
    },
  );
});

describe("a SQLite database of an earlier version", () => {
  it.each(storedFor("sqlite"))("is migrated with all its rows: $name", async ({ sql, version }) => {
    const folder = mkdtempSync(join(tmpdir(), "cognate-migrations-"));
    const file = join(folder, "cognate.db");
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
    await expectWhole(await openSqliteStore({ ...options, file }), version);
    expect(changes).toEqual(changesFrom(version));
    rmSync(folder, { recursive: true });
  });

  it("is refused when a newer version of the program wrote it, and not changed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cognate-migrations-"));
    const file = join(folder, "cognate.db");
    const database = new DatabaseSync(file);
    database.exec(
      `${storedFor("sqlite").at(-1)?.sql} insert into schema_migrations values (9999, 'future', 0)`,
    );
    const before = database.prepare("select * from schema_migrations order by version").all();
    database.close();
    await expect(openSqliteStore({ ...options, file })).rejects.toThrow("schema version 9999");
    const after = new DatabaseSync(file);
    expect(after.prepare("select * from schema_migrations order by version").all()).toEqual(before);
    after.close();
    rmSync(folder, { recursive: true });
  });
});

describe("a new database", () => {
  it("is reported as a change from version 0", async () => {
    await (await openSqliteStore({ ...options, inMemory: true })).close();
    expect(changes).toEqual([{ from: 0, to: migrations.at(-1)?.version }]);
  });
});

describe("a SQLite database of another program", () => {
  it("is refused and not changed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cognate-migrations-"));
    const file = join(folder, "cognate.db");
    const database = new DatabaseSync(file);
    database.exec("create table albums (id integer primary key, title text)");
    database.close();
    const before = readFileSync(file);
    await expect(openSqliteStore({ ...options, file })).rejects.toThrow(CannotOpenDatabase);
    expect(readFileSync(file).equals(before)).toBe(true);
    rmSync(folder, { recursive: true });
  });
});

describe("a database of an unreleased version", () => {
  it("is refused and not changed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cognate-migrations-"));
    const file = join(folder, "cognate.db");
    const database = new DatabaseSync(file);
    database.exec(`create table schema_migrations (version integer primary key, name text, applied_at bigint);
      insert into schema_migrations values (0, 'lock', 1), (1, 'first schema', 0);
      create table pools (id text primary key);`);
    database.close();
    await expect(openSqliteStore({ ...options, file })).rejects.toThrow(OtherSchema);
    const after = new DatabaseSync(file);
    expect(after.prepare("select name from sqlite_schema where type = 'table'").all()).toHaveLength(2);
    after.close();
    rmSync(folder, { recursive: true });
  });
});

describe("a Postgres database of an earlier version", () => {
  async function load(sql: string): Promise<string> {
    const url = await createDatabase();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(sql);
    await client.end();
    return url;
  }

  it.each(storedFor("postgres"))("is migrated with all its rows: $name", async ({ sql, version }) => {
    const url = await load(sql);
    // Several nodes of the new version start at once.
    const [store, ...others] = await Promise.all([1, 2, 3].map(() => openPostgresStore({ ...options, url })));
    for (const other of others) await other.close();
    if (store) await expectWhole(store, version);
    expect(changes).toEqual(changesFrom(version));
  });

  it("is refused when a newer version of the program wrote it", async () => {
    const url = await load(
      `${storedFor("postgres").at(-1)?.sql} insert into public.schema_migrations values (9999, 'future', 0)`,
    );
    const attempt = openPostgresStore({ ...options, url });
    await expect(attempt).rejects.toThrow(CannotOpenDatabase);
    await expect(attempt).rejects.toThrow("schema version 9999");
  });
});
