/** Forgetting rows that have expired. */
import { sql } from "kysely";
import type { Session } from "../engine.ts";
import { atMost } from "../query.ts";
import type { Table } from "../schema.ts";
import { tables } from "../tables.ts";
import { derivedQuery, rowOf } from "./derived-query.ts";

/** Rows that one step removes from a table at most: some milliseconds of work. */
const STEP_ROWS = 1000;

/** Takes one step in each table. @returns how many rows it removed; 0 when nothing is left that has expired */
export async function deleteExpired(session: Session, now: number): Promise<number> {
  let removed = 0;
  for (const { keptMilliseconds, remove } of removals) {
    removed += await session.write((writer) =>
      writer.run(remove, { before: now - keptMilliseconds, limit: STEP_ROWS }),
    );
  }
  return removed;
}

const removals = tables.flatMap((table: Table) => {
  if (!table.expiry) return [];
  const { column, keptMilliseconds } = table.expiry;
  const [name, key] = [sql.table(table.name), rowOf(table.key)];
  const remove = derivedQuery<{ before: number; limit: number }, unknown>(
    (p) => sql`
      delete from ${name} where ${key} in (
        select ${sql.join(table.key.map((part) => sql.ref(part)))} from ${name}
        where ${sql.ref(column)} < ${p("before")} order by ${sql.ref(column)} limit ${atMost(p("limit"))}
      )`,
  );
  return [{ keptMilliseconds, remove }];
});
