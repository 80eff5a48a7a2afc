/**
 * Removes the rows of a deleted pool, client or group. The few rows whose names must become available are deleted with
 * the owner. The rest follows in steps that are small enough not to delay other writers. These rows are invisible
 * before: every query finds them through the owner's row, and keys are never used again.
 */
import { sql } from "kysely";
import type { Session, Writer } from "../engine.ts";
import { atMost, prepared } from "../query.ts";
import type { OwnerKind, Table } from "../schema.ts";
import { tables } from "../tables.ts";
import { derivedQuery, rowOf } from "./derived-query.ts";
import type { PurgesTable } from "./table.ts";

/** Rows that one step removes at most: some milliseconds of work. */
const STEP_ROWS = 1000;

/** The same of rows that others refer to, which go along. */
const REFERENCED_STEP_ROWS = 200;

/** Removes what the tables say goes at once with its owner. */
export async function removeAtOnce(
  writer: Writer,
  kind: OwnerKind,
  owner: { readonly key: number; readonly id: string },
): Promise<void> {
  for (const removal of removalsAtOnce) {
    if (removal.kind !== kind) continue;
    await writer.run(removal.remove, { owner: removal.column === "pool_id" ? owner.id : owner.key });
  }
}

/** Has housekeeping remove the rest in steps. */
export async function requestPurge(writer: Writer, kind: OwnerKind, key: number): Promise<void> {
  await writer.run(insertPurge, { kind, key });
}

/** Takes one step. @returns how many rows it removed; 0 when nothing is left to purge */
export async function purgeStep(session: Session): Promise<number> {
  return session.write(async (writer) => {
    const purge = await writer.first(selectPurge, {});
    if (!purge) return 0;
    for (const { kind, remove, limit } of removalsInSteps) {
      if (kind !== purge.kind) continue;
      const removed = await writer.run(remove, { owner: purge.key, limit });
      if (removed > 0) return removed;
    }
    return writer.run(deletePurge, { key: purge.key });
  });
}

const ownerships = tables.flatMap((table: Table) =>
  (table.owners ?? []).map((owner) => ({ table, ...owner })),
);

const removalsAtOnce = ownerships
  .filter(({ removal }) => removal === "at once")
  .map(({ table, kind, column }) => ({
    kind,
    column,
    remove: derivedQuery<{ owner: number | string }, unknown>(
      (p) => sql`delete from ${sql.table(table.name)} where ${sql.ref(column)} = ${p("owner")}`,
    ),
  }));

const referenced = new Set(
  tables.flatMap((table: Table) => Object.values(table.references ?? {}).map((reference) => reference.table)),
);

/** Rows that refer to others before those: a table follows the ones that it refers to. */
const removalsInSteps = ownerships
  .toReversed()
  .filter(({ removal }) => removal === "in steps")
  .map(({ table, kind, column }) => ({
    kind,
    limit: referenced.has(table.name) ? REFERENCED_STEP_ROWS : STEP_ROWS,
    remove: derivedQuery<{ owner: number; limit: number }, unknown>((p) => {
      const name = sql.table(table.name);
      return sql`
        delete from ${name} where ${rowOf(table.key)} in (
          select ${sql.join(table.key.map((part) => sql.ref(part)))} from ${name}
          where ${sql.ref(column)} = ${p("owner")} limit ${atMost(p("limit"))}
        )`;
    }),
  }));

const insertPurge = prepared<PurgesTable>()((db, p) =>
  db.insertInto("purges").values({ key: p("key"), kind: p("kind") }),
);

const selectPurge = prepared<Record<never, never>>()((db) =>
  db.selectFrom("purges").selectAll().orderBy("key").limit(1),
);

const deletePurge = prepared<{ key: number }>()((db, p) =>
  db.deleteFrom("purges").where("key", "=", p("key")),
);
