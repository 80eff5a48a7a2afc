import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stoppedClock } from "../clock.ts";
import { purgeExpired } from "./housekeeping.ts";
import { createTable } from "./migrations/fixtures/described-schema.ts";
import { fixturePoolId, writeFixture } from "./migrations/fixtures/records.ts";
import type { Table } from "./schema.ts";
import type { Sealer } from "./sealer.ts";
import { openSqliteStore } from "./sqlite/index.ts";
import { tables } from "./tables.ts";
import { transparentSealer } from "./testing.ts";
import { poolsTable } from "./user-pools/table.ts";

const described: readonly Table[] = tables;
const OWNER_COLUMNS = ["pool_key", "pool_id", "client_key", "group_key"];

let folder: string;
let file: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "cognate-tables-"));
  file = join(folder, "cognate.db");
  const store = await openSqliteStore({ file, sealer: transparentSealer, clock: stoppedClock(0) });
  await writeFixture(store);
  await store.close();
});

afterEach(() => rmSync(folder, { recursive: true }));

function read<Row>(sql: string, ...values: (string | number)[]): Row[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare(sql).all(...values) as Row[];
  database.close();
  return rows;
}

/** The columns of the schema as the database has them. */
function schemaColumns(): { table: string; column: string }[] {
  return read(
    `select tables.name as "table", columns.name as "column"
     from sqlite_schema as tables, pragma_table_info(tables.name) as columns
     where tables.type = 'table' and tables.name <> 'schema_migrations'`,
  );
}

const descriptionOf = (name: string) => described.find((table) => table.name === name);

/** What the schema has by its name, as SQL. */
function definitionsIn(database: DatabaseSync): Record<string, unknown> {
  const rows = database.prepare("select name, sql from sqlite_schema where sql is not null").all();
  return Object.fromEntries(rows.map(({ name, sql }) => [name, sql]));
}

describe("the descriptions of the tables", () => {
  it("are the tables, constraints and indexes that the migrations create", () => {
    const described = new DatabaseSync(":memory:");
    for (const statement of tables.flatMap(createTable)) described.exec(statement.compile().sql);
    const migrated = new DatabaseSync(file, { readOnly: true });
    const { schema_migrations: _, ...made } = definitionsIn(migrated);
    migrated.close();
    expect(definitionsIn(described)).toEqual(made);
  });

  it("name exactly the columns of the schema that are sealed", () => {
    const inSchema = schemaColumns()
      .filter(({ column }) => column.startsWith("sealed_"))
      .map(({ table, column }) => `${table}.${column}`);
    const inDescriptions = described.flatMap((table) =>
      Object.keys(table.sealed ?? {}).map((column) => `${table.name}.${column}`),
    );
    expect(inDescriptions.toSorted()).toEqual(inSchema.toSorted());
  });

  it("name the owner of every row that has one", () => {
    const unnamed = schemaColumns()
      .filter(({ column }) => OWNER_COLUMNS.includes(column))
      .filter(({ table, column }) => {
        const description = descriptionOf(table);
        const owners = (description?.owners ?? []).map((owner) => owner.column);
        const references = Object.values(description?.references ?? {}).flatMap(({ columns }) => columns);
        return ![...owners, ...references].includes(column);
      });
    expect(unnamed).toEqual([]);
  });

  it("name every table that refers to a user, whose rows the schema deletes with the user", () => {
    const unreferenced = described
      .filter((table) => "sub" in table.columns && !["users", "user_sign_in_names"].includes(table.name))
      .filter((table) =>
        Object.values(table.references ?? {}).every((reference) => reference.table !== "users"),
      );
    expect(unreferenced).toEqual([]);
  });

  it("name every column with an expiry, and an index that starts with it", () => {
    const unnamed = schemaColumns()
      .filter(({ column }) => column.endsWith("expires_at"))
      .filter(({ table, column }) => descriptionOf(table)?.expiry?.column !== column);
    expect(unnamed).toEqual([]);
    const unindexed = described.filter(({ expiry, indexes }) => {
      const firsts = Object.values(indexes ?? {}).map(
        (index) => ("columns" in index ? index.columns : index)[0],
      );
      return expiry !== undefined && !firsts.includes(expiry.column);
    });
    expect(unindexed).toEqual([]);
  });
});

/** The sets of columns in which two rows must differ at least: one column of each constraint. */
function leastDifferences({ key, unique = {} }: Table): string[][] {
  return Object.values(unique).reduce<string[][]>(
    (sets, constraint) =>
      sets.flatMap((set) =>
        constraint.some((name) => set.includes(name)) ? [set] : constraint.map((name) => [...set, name]),
      ),
    key.map((name) => [name]),
  );
}

/** Makes another row, which differs in these columns, and in what is sealed has only `column`. */
function copyRow(table: Table, column: string, differing: readonly string[]): void {
  const copy = ({ name, columns, sealed = {} }: Table, differing: readonly string[]) => {
    const values = Object.entries(columns).map(([each, { type, isRequired }]) => {
      if (each !== column && each in sealed) return isRequired ? "x''" : "null";
      if (!differing.includes(each)) return each;
      return type === "integer" ? `${each} + 1000` : `${each} || 'x'`;
    });
    const where = column in columns ? `"${column}" is not null` : "true";
    return `insert into "${name}" (${Object.keys(columns)}) select ${values} from "${name}" where ${where} limit 1`;
  };
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  if (differing.includes("pool_key")) database.exec(copy(poolsTable, ["key", "id"]));
  const { changes } = database.prepare(copy(table, differing)).run();
  database.close();
  expect(changes).toBe(1);
}

describe("a store with a row in every table", () => {
  const countOf = (table: string, where = "true") =>
    Number(read<{ rows: number }>(`select count(*) as rows from "${table}" where ${where}`)[0]?.rows);

  it("is what the fixture writes", () => {
    expect(described.filter(({ name }) => countOf(name) === 0).map(({ name }) => name)).toEqual([]);
  });

  it("has every sealed value under the new key after re-encryption", async () => {
    const newKey: Sealer = {
      seal: (plaintext, context) =>
        Buffer.concat([Buffer.from("new key "), transparentSealer.seal(plaintext, context)]),
      open: (sealed, context) => transparentSealer.open(sealed, context),
    };
    const store = await openSqliteStore({ file, sealer: newKey, clock: stoppedClock(0) });
    await purgeExpired(store, 0);
    await store.maintenance.reseal();
    await store.close();
    for (const { name, sealed } of described) {
      for (const column of Object.keys(sealed ?? {})) {
        const where = `"${column}" is not null`;
        expect(countOf(name, where), `${name}.${column}`).toBeGreaterThan(0);
        expect(countOf(name, `${where} and cast("${column}" as text) not like 'new key %'`), name).toBe(0);
      }
    }
  });

  it.each(
    described.flatMap((table) =>
      Object.keys(table.sealed ?? {}).flatMap((column) =>
        leastDifferences(table).map((differing) => {
          const place = `${table.name}.${column} in a row with another ${differing.join(" and ")}`;
          return [place, table, column, differing] as const;
        }),
      ),
    ),
  )("does not open %s", async (_, table, column, differing) => {
    copyRow(table, column, differing);
    const store = await openSqliteStore({ file, sealer: transparentSealer, clock: stoppedClock(0) });
    await expect(store.maintenance.reseal()).rejects.toThrow("The sealed value belongs to another place.");
    await store.close();
  });

  it("has no row of a deleted pool after housekeeping", async () => {
    const [pool] = read<{ key: number }>("select key from pools where id = ?", fixturePoolId);
    if (!pool) throw new Error("The fixture has no pool.");
    const store = await openSqliteStore({ file, sealer: transparentSealer, clock: stoppedClock(0) });
    await store.pools.delete(fixturePoolId);
    await purgeExpired(store, 0);
    await store.close();
    for (const { name, columns } of described) {
      if ("pool_key" in columns) expect(countOf(name, `pool_key = ${pool.key}`), name).toBe(0);
      if ("pool_id" in columns) expect(countOf(name, `pool_id = '${fixturePoolId}'`), name).toBe(0);
    }
    expect(countOf("group_members")).toBe(0);
  });
});
