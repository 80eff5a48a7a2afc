/** Inserting users: the statements for one user and for many. */
import type { Session, Writer } from "../engine.ts";
import { OwnerMissing } from "../errors.ts";
import { exactKey } from "../keys.ts";
import { poolKeyFor } from "../ownership.ts";
import {
  type NumberedRows,
  numberedRows,
  parametersFor,
  prepared,
  ROWS_AT_ONCE,
  rowInsert,
} from "../query.ts";
import type { Sealer } from "../sealer.ts";
import type { UserRecord } from "./record.ts";
import { toUserRow, type WrittenUserRow, writtenUserColumns } from "./row.ts";

/** Rows over which the count of a pool's users is spread, so that concurrent transactions seldom write the same one. */
const USER_COUNT_SHARDS = 64;

export type UserWrite = WrittenUserRow & { poolId: string };

export const insertUser = prepared<UserWrite>()((db, p) =>
  db.insertInto("users").values({
    pool_key: poolKeyFor(db, p("poolId")),
    ...parametersFor<WrittenUserRow, keyof WrittenUserRow>(p, writtenUserColumns),
  }),
);

export const addToCount = prepared<{ poolId: string; shard: number; change: number }>()((db, p) =>
  db
    .insertInto("user_counts")
    .values({ pool_key: poolKeyFor(db, p("poolId")), shard: p("shard"), users: p("change") })
    .onConflict((conflict) =>
      conflict.columns(["pool_key", "shard"]).doUpdateSet((eb) => ({
        users: eb("user_counts.users", "+", eb.ref("excluded.users")),
      })),
    ),
);

/** Any spread will do, as long as a user is subtracted where they were added: no shard goes below zero that way. */
export function shardOf(sub: string): number {
  let sum = 0;
  for (let index = 0; index < sub.length; index++) sum += sub.charCodeAt(index);
  return sum % USER_COUNT_SHARDS;
}

/** The keys of all texts that find the user, each once. */
export function namesOf({ sub, signInNames }: Pick<UserRecord, "sub" | "signInNames">): string[] {
  return [...new Set([exactKey(sub), ...signInNames.map(({ key }) => exactKey(key))])];
}

/**
 * Inserts users of one pool, in their order, except those with a name or `sub` that is taken.
 *
 * @returns of each whether it was inserted
 */
export function insertUsers(
  session: Session,
  sealer: Sealer,
  poolId: string,
  users: readonly UserRecord[],
): Promise<boolean[]> {
  const named = users.map((user) => ({ user, names: namesOf(user) }));
  return session.write(async (writer) => {
    const key = await writer.first(selectPoolKey, { poolId });
    if (!key) throw new OwnerMissing(`user pool as ${poolId}`);
    const { pool_key } = key;
    const taken = await takenNames(
      writer,
      pool_key,
      named.flatMap(({ names }) => names),
    );
    const isFree = named.map(({ names }) => {
      if (names.some((name) => taken.has(name))) return false;
      for (const name of names) taken.add(name);
      return true;
    });
    const free = named.filter((_, index) => isFree[index]);
    await writer.insertEach(insertRow, rowsOf(free, pool_key, sealer));
    await writer.insertEach(insertName, nameRowsOf(free, pool_key));
    await addToCounts(
      writer,
      poolId,
      free.map(({ user }) => shardOf(user.sub)),
    );
    return isFree;
  });
}

interface NamedUser {
  readonly user: UserRecord;
  readonly names: readonly string[];
}

/** One after another, as they are inserted: a thousand rows at a time would outlive V8's young generation. */
function* rowsOf(users: readonly NamedUser[], pool_key: number, sealer: Sealer) {
  for (const { user } of users) yield { pool_key, ...toUserRow(sealer, user) };
}

function* nameRowsOf(users: readonly NamedUser[], pool_key: number) {
  for (const { user, names } of users)
    for (const name_key of names) yield { pool_key, name_key, sub: user.sub };
}

async function takenNames(writer: Writer, pool_key: number, names: readonly string[]): Promise<Set<string>> {
  const taken = new Set<string>();
  for (let from = 0; from < names.length; from += ROWS_AT_ONCE) {
    const part = names.slice(from, from + ROWS_AT_ONCE);
    // The last part is filled up with names of its own, for which there is one answer.
    while (part.length < ROWS_AT_ONCE) part.push(part[0] ?? "");
    const rows = await writer.all(selectTaken, {
      pool_key,
      ...numberedRows(part.map((name_key) => ({ name_key }))),
    });
    for (const { name_key } of rows) taken.add(name_key);
  }
  return taken;
}

async function addToCounts(writer: Writer, poolId: string, shards: readonly number[]): Promise<void> {
  const counts = new Map<number, number>();
  for (const shard of shards) counts.set(shard, (counts.get(shard) ?? 0) + 1);
  for (const [shard, change] of counts) await writer.run(addToCount, { poolId, shard, change });
}

const selectPoolKey = prepared<{ poolId: string }>()((db, p) =>
  db.selectFrom("pools").select("key as pool_key").where("id", "=", p("poolId")),
);

const insertRow = rowInsert<WrittenUserRow & { pool_key: number }>((db, rows) =>
  db.insertInto("users").values(
    rows.map((p) => ({
      pool_key: p("pool_key"),
      ...parametersFor<WrittenUserRow, keyof WrittenUserRow>(p, writtenUserColumns),
    })),
  ),
);

const insertName = rowInsert<{ pool_key: number; name_key: string; sub: string }>((db, rows) =>
  db
    .insertInto("user_sign_in_names")
    .values(rows.map((p) => ({ pool_key: p("pool_key"), name_key: p("name_key"), sub: p("sub") }))),
);

const selectTaken = prepared<NumberedRows<{ name_key: string }> & { pool_key: number }>()((db, p) =>
  db
    .selectFrom("user_sign_in_names")
    .select("name_key")
    .where("pool_key", "=", p("pool_key"))
    .where(
      "name_key",
      "in",
      Array.from({ length: ROWS_AT_ONCE }, (_, index) => p(`${index}.name_key`)),
    ),
);
