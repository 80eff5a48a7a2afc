/** How content finds its pool. */
import type { Expression, Kysely } from "kysely";
import { type Executor, replacingViolation } from "./engine.ts";
import { OwnerMissing } from "./errors.ts";
import { prepared } from "./query.ts";
import type { Database } from "./tables.ts";

/** The key of the pool with that id; null, and so equal to nothing, where there is none. */
export function poolKeyOf(db: Kysely<Database>, poolId: Expression<string>) {
  return db.selectFrom("pools").select("key").where("id", "=", poolId);
}

/** As {@link poolKeyOf}, for the rows of an insert: the column's NOT NULL refuses the row where there is no pool. */
export function poolKeyFor(db: Kysely<Database>, poolId: Expression<string>) {
  return poolKeyOf(db, poolId).$asScalar().$notNull();
}

/** Runs an insert of something that belongs to a pool or a user. @throws OwnerMissing they are not there */
export function insertingOwned<T>(owner: string, insert: () => Promise<T>): Promise<T> {
  const missing = () => new OwnerMissing(owner);
  return replacingViolation("required", missing, () => replacingViolation("reference", missing, insert));
}

const giveKey = prepared<Record<never, never>>()((db) =>
  db
    .updateTable("key_counter")
    .set((eb) => ({ last: eb("last", "+", 1) }))
    .where("id", "=", 1)
    .returning("last"),
);

/** A key for a new pool, client or group, greater than every key before it. */
export async function nextKey(writer: Executor): Promise<number> {
  const given = await writer.first(giveKey, {});
  if (!given) throw new Error("The database lacks its row of key_counter.");
  return given.last;
}
