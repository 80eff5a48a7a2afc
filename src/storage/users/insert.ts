/** Inserting users: the statements for one, and the way of many, which takes a tenth of the round trips. */
import type { Session, Writer } from "../engine.ts";
import { exactKey } from "../keys.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { parametersFor, prepared, type Query } from "../query.ts";
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

/** Rows of a statement. A rest is inserted one by one, so that there are two statements of each kind in all. */
const ROWS_AT_ONCE = 20;

/**
 * Inserts users of one pool, in their order, but those of whom a name or the `sub` is taken.
 *
 * @returns of each whether it was inserted
 */
export function insertUsers(
  session: Session,
  sealer: Sealer,
  poolId: string,
  users: readonly UserRecord[],
): Promise<boolean[]> {
  const named = users.map((user) => ({ user, row: toUserRow(sealer, user), names: namesOf(user) }));
  return session.write(async (writer) => {
    const taken = await takenNames(
      writer,
      poolId,
      named.flatMap(({ names }) => names),
    );
    const isFree = named.map(({ names }) => {
      if (names.some((name) => taken.has(name))) return false;
      for (const name of names) taken.add(name);
      return true;
    });
    const free = named.filter((_, index) => isFree[index]);
    await insertingOwned(`user pool as ${poolId}`, () =>
      inGroups(
        free.map(({ row }) => row),
        (rows) =>
          writer.run(rows.length === 1 ? insertUserRow : insertUserRows, { poolId, ...numbered(rows) }),
      ),
    );
    const claims = free.flatMap(({ user, names }) => names.map((name_key) => ({ name_key, sub: user.sub })));
    await inGroups(claims, (rows) =>
      writer.run(rows.length === 1 ? insertName : insertNames, { poolId, ...numbered(rows) }),
    );
    await addToCounts(
      writer,
      poolId,
      free.map(({ user }) => shardOf(user.sub)),
    );
    return isFree;
  });
}

async function takenNames(writer: Writer, poolId: string, names: readonly string[]): Promise<Set<string>> {
  const taken = new Set<string>();
  for (let from = 0; from < names.length; from += ROWS_AT_ONCE) {
    const part = names.slice(from, from + ROWS_AT_ONCE);
    // The last part is filled up with names of its own, for which there is one answer.
    while (part.length < ROWS_AT_ONCE) part.push(part[0] ?? "");
    const rows = await writer.all(selectTaken, {
      poolId,
      ...numbered(part.map((name_key) => ({ name_key }))),
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

async function inGroups<T>(
  rows: readonly T[],
  insert: (rows: readonly T[]) => Promise<unknown>,
): Promise<void> {
  const whole = rows.length - (rows.length % ROWS_AT_ONCE);
  for (let from = 0; from < whole; from += ROWS_AT_ONCE) await insert(rows.slice(from, from + ROWS_AT_ONCE));
  for (const row of rows.slice(whole)) await insert([row]);
}

/** The columns of several rows as parameters: `0.sub`, `1.sub` and so on. */
type Numbered<Row> = Record<`${number}.${keyof Row & string}`, Row[keyof Row]>;

/** The names of those parameters, by column and row: making them anew costs more than binding them. */
const parameterNames = new Map<string, readonly string[]>();

function namesOfColumn(column: string): readonly string[] {
  let names = parameterNames.get(column);
  if (!names) {
    names = Array.from({ length: ROWS_AT_ONCE }, (_, index) => `${index}.${column}`);
    parameterNames.set(column, names);
  }
  return names;
}

function numbered<Row extends object>(rows: readonly Row[]): Numbered<Row> {
  const values: Record<string, unknown> = {};
  for (const column of Object.keys(rows[0] ?? {}) as (keyof Row & string)[]) {
    const names = namesOfColumn(column);
    for (let index = 0; index < rows.length; index++) values[names[index] as string] = rows[index]?.[column];
  }
  return values as Numbered<Row>;
}

type InPool<Row> = Numbered<Row> & { poolId: string };
type NameRow = { name_key: string; sub: string };

const insertUserRow = userInsertOf(1);
const insertUserRows = userInsertOf(ROWS_AT_ONCE);
const insertName = nameInsertOf(1);
const insertNames = nameInsertOf(ROWS_AT_ONCE);

function userInsertOf(count: number): Query<InPool<WrittenUserRow>, unknown> {
  return prepared<InPool<WrittenUserRow>>()((db, p) =>
    db.insertInto("users").values(
      Array.from({ length: count }, (_, index) => ({
        pool_key: poolKeyFor(db, p("poolId")),
        ...parametersFor<WrittenUserRow, keyof WrittenUserRow>(
          // The rows of a numbered set have the columns' own types.
          (column) => p(`${index}.${column}`) as never,
          writtenUserColumns,
        ),
      })),
    ),
  );
}

function nameInsertOf(count: number): Query<InPool<NameRow>, unknown> {
  return prepared<InPool<NameRow>>()((db, p) =>
    db.insertInto("user_sign_in_names").values(
      Array.from({ length: count }, (_, index) => ({
        pool_key: poolKeyFor(db, p("poolId")),
        name_key: p(`${index}.name_key`),
        sub: p(`${index}.sub`),
      })),
    ),
  );
}

const selectTaken = prepared<InPool<Pick<NameRow, "name_key">>>()((db, p) =>
  db
    .selectFrom("user_sign_in_names")
    .select("name_key")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where(
      "name_key",
      "in",
      Array.from({ length: ROWS_AT_ONCE }, (_, index) => p(`${index}.name_key`)),
    ),
);
