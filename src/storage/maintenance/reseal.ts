/**
 * Work on all sealed columns: re-encryption of every secret after the master key was rotated (a column at a time, some rows at a
 * time, each batch a transaction of its own), and the check of the master key at a start.
 */
import { sql } from "kysely";
import type { Session } from "../engine.ts";
import { atMost, type Value } from "../query.ts";
import type { Table } from "../schema.ts";
import type { Sealer } from "../sealer.ts";
import { contextIn } from "../sealing.ts";
import { tables } from "../tables.ts";
import { derivedQuery, rowOf } from "./derived-query.ts";

const BATCH_ROWS = 100;

/** @returns how many sealed values it wrote */
export async function reseal(session: Session, sealer: Sealer): Promise<number> {
  let written = 0;
  for (const column of sealedColumns) written += await resealColumn(session, sealer, column);
  return written;
}

/** Columns that every row fills come first: in others, all rows may have to be looked at. */
export async function openAnySecret({ reader }: Session, sealer: Sealer): Promise<void> {
  for (const { first, select, contextOf } of [...sealedColumns].sort(byFilled)) {
    const row = await reader.first(select, { ...first, limit: 1 });
    if (row === undefined) continue;
    sealer.open(row.sealed, contextOf(row));
    return;
  }
}

async function resealColumn(session: Session, sealer: Sealer, column: SealedColumn): Promise<number> {
  let written = 0;
  let last: Row | undefined = column.first;
  while (last) {
    const after: Row = last;
    const rows: Row[] = await session.write(async (writer) => {
      const batch = await writer.all(column.select, { ...after, limit: BATCH_ROWS });
      for (const row of batch) {
        const context = column.contextOf(row);
        const sealed = sealer.seal(sealer.open(row.sealed, context), context);
        await writer.run(column.update, { ...row, sealed });
      }
      return batch;
    });
    written += rows.length;
    last = rows.at(-1);
  }
  return written;
}

/** The columns of a row's key and of its seal context, and the sealed value. */
type Row = Record<string, Value> & { sealed: Uint8Array };

/** A sealed column: how its rows are read in the order of their keys, and written. */
interface SealedColumn {
  /** Whether every row has a value. */
  readonly isFilled: boolean;
  /** Sorts before every row. */
  readonly first: Row;
  /** Rows that have a sealed value, after the one with the given key. */
  readonly select: ReturnType<typeof selectRows>;
  readonly update: ReturnType<typeof updateRow>;
  contextOf(row: Row): string;
}

const sealedColumns: readonly SealedColumn[] = tables.flatMap((table: Table) =>
  Object.entries(table.sealed ?? {}).map(([column, names = []]) => ({
    isFilled: table.columns[column]?.isRequired === true,
    first: {
      ...Object.fromEntries(table.key.map((part) => [part, beforeAll(table, part)])),
      sealed: new Uint8Array(),
    },
    select: selectRows(table, column, names),
    update: updateRow(table, column),
    contextOf: (row: Row) => contextIn(table, column, row),
  })),
);

function byFilled(one: SealedColumn, other: SealedColumn): number {
  return Number(other.isFilled) - Number(one.isFilled);
}

function beforeAll(table: Table, column: string): Value {
  return table.columns[column]?.type === "integer" ? Number.MIN_SAFE_INTEGER : "";
}

/** Content of deleted pools is left out where the seal context needs the pool's id: it cannot be read, and will be removed. */
function selectRows(table: Table, column: string, names: readonly string[]) {
  const needsPool = names.includes("pool_id") && !("pool_id" in table.columns);
  const own = (name: string) => `${table.name}.${name}`;
  const selected = new Set([...table.key, ...names.filter((name) => !(needsPool && name === "pool_id"))]);
  return derivedQuery<Record<string, Value> & { limit: number }, Row>(
    (p) => sql<Row>`
      select ${sql.join([...selected].map((name) => sql.ref(own(name))))}, ${sql.ref(own(column))} as sealed
        ${needsPool ? sql`, pools.id as pool_id` : sql``}
      from ${sql.table(table.name)}
        ${needsPool ? sql`inner join pools on pools.key = ${sql.ref(own("pool_key"))}` : sql``}
      where ${rowOf(table.key.map(own))} > (${sql.join(table.key.map((part) => p(part)))})
        and ${sql.ref(own(column))} is not null
      order by ${sql.join(table.key.map((part) => sql.ref(own(part))))}
      limit ${atMost(p("limit"))}`,
  );
}

function updateRow(table: Table, column: string) {
  return derivedQuery<Record<string, Value>, unknown>(
    (p) => sql`
      update ${sql.table(table.name)} set ${sql.ref(column)} = ${p("sealed")}
      where ${rowOf(table.key)} = (${sql.join(table.key.map((part) => p(part)))})`,
  );
}
