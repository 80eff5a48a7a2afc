import { replacingViolation, type Session, type Writer } from "../engine.ts";
import { AlreadyExists, SignInNameTaken } from "../errors.ts";
import { exactKey } from "../keys.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import type { Page, PageRequest } from "../page.ts";
import { parametersFor, prepared, type Query } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import { addToCount, insertUser, insertUsers, namesOf, shardOf, type UserWrite } from "./insert.ts";
import type { UserRecord } from "./record.ts";
import {
  searchColumnsOf,
  signInNamesIn,
  toUserRecord,
  toUserRow,
  userColumns,
  usernameKeyOf,
  type WrittenUserRow,
  writtenUserColumns,
} from "./row.ts";
import { listUsers, type UserSearch } from "./search.ts";

export interface UserRepository {
  /**
   * @throws SignInNameTaken a sign-in name is a sign-in name or the `sub` of another user
   * @throws AlreadyExists the `sub` is taken
   */
  insert(user: UserRecord): Promise<void>;
  /**
   * Inserts users of one pool, in their order, except those with a name or `sub` that is taken.
   *
   * @returns of each whether it was inserted
   */
  insertMany(poolId: string, users: readonly UserRecord[]): Promise<boolean[]>;
  /** Finds by sign-in name or `sub` (`key` folded by the caller in pools that ignore case): a text is one user's. */
  find(poolId: string, key: string): Promise<UserRecord | undefined>;
  getBySub(poolId: string, sub: string): Promise<UserRecord | undefined>;
  /**
   * Reads the user, applies `change` and writes it back as one step. `change` can run again after a conflict, so it must
   * be pure; what it throws is passed on and nothing is written. Returning the same object writes nothing.
   *
   * @returns the user as written; undefined when there is no such user
   * @throws SignInNameTaken a new sign-in name is a sign-in name or the `sub` of another user
   */
  update(
    poolId: string,
    sub: string,
    change: (user: UserRecord) => UserRecord,
  ): Promise<UserRecord | undefined>;
  /** Deletes the user, their memberships, sign-ins and codes. @returns whether there was one */
  delete(poolId: string, sub: string): Promise<boolean>;
  /** In ascending order of the searched attribute, then of creation; without a search in order of creation. */
  list(poolId: string, search: UserSearch | undefined, page: PageRequest): Promise<Page<UserRecord>>;
  /** Kept, not scanned. */
  count(poolId: string): Promise<number>;
  /** How many have a password from another system that they have not signed in with yet. */
  countImportedPasswords(poolId: string): Promise<number>;
}

export class SqlUserRepository implements UserRepository {
  readonly #session: Session;
  readonly #sealer: Sealer;

  constructor(session: Session, sealer: Sealer) {
    this.#session = session;
    this.#sealer = sealer;
  }

  insert(user: UserRecord): Promise<void> {
    const row = toUserRow(this.#sealer, user);
    return this.#session.write(async (writer) => {
      await insertingOwned(`user pool as ${user.poolId}`, () =>
        replacingViolation(
          "unique",
          () => new AlreadyExists(`There is a user with the sub ${user.sub}.`),
          () => writer.run(insertUser, { poolId: user.poolId, ...row }),
        ),
      );
      await claimNames(writer, user, namesOf(user));
      await writer.run(addToCount, { poolId: user.poolId, shard: shardOf(user.sub), change: 1 });
    });
  }

  insertMany(poolId: string, users: readonly UserRecord[]): Promise<boolean[]> {
    return insertUsers(this.#session, this.#sealer, poolId, users);
  }

  async find(poolId: string, key: string): Promise<UserRecord | undefined> {
    const row = await this.#session.reader.first(findByName, { poolId, nameKey: exactKey(key) });
    return row && toUserRecord(this.#sealer, poolId, row);
  }

  async getBySub(poolId: string, sub: string): Promise<UserRecord | undefined> {
    const row = await this.#session.reader.first(selectBySub, { poolId, sub: exactKey(sub) });
    return row && toUserRecord(this.#sealer, poolId, row);
  }

  update(
    poolId: string,
    sub: string,
    change: (user: UserRecord) => UserRecord,
  ): Promise<UserRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectBySub, { poolId, sub: exactKey(sub) });
      if (!row) return undefined;
      const user = toUserRecord(this.#sealer, poolId, row);
      const changed = change(user);
      if (changed === user) return user;

      const changedRow = toUserRow(this.#sealer, changed, { user, row });
      const rowBefore = {
        ...row,
        username_key: usernameKeyOf(user),
        ...searchColumnsOf(user.attributes),
      };
      await writeChanges(writer, poolId, rowBefore, changedRow);
      if (changedRow.sign_in_names !== row.sign_in_names) await moveNames(writer, user, changed);
      return changed;
    });
  }

  delete(poolId: string, sub: string): Promise<boolean> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(deleteUser, { poolId, sub });
      if (!row) return false;
      const names = namesOf({ sub, signInNames: signInNamesIn(row) });
      await writer.run(deletionOf(names.length), { poolId, ...parametersOf(names) });
      await writer.run(addToCount, { poolId, shard: shardOf(sub), change: -1 });
      return true;
    });
  }

  list(poolId: string, search: UserSearch | undefined, page: PageRequest): Promise<Page<UserRecord>> {
    return listUsers(this.#session.reader, this.#sealer, poolId, search, page);
  }

  async count(poolId: string): Promise<number> {
    const counted = await this.#session.reader.first(sumOfCounts, { poolId });
    return Number(counted?.users ?? 0);
  }

  async countImportedPasswords(poolId: string): Promise<number> {
    return Number((await this.#session.reader.first(countImported, { poolId }))?.users ?? 0);
  }
}

const findByName = prepared<{ poolId: string; nameKey: string }>()((db, p) =>
  db
    .selectFrom("user_sign_in_names as names")
    .innerJoin("users", (join) =>
      join.onRef("users.pool_key", "=", "names.pool_key").onRef("users.sub", "=", "names.sub"),
    )
    .select(userColumns.map((column) => `users.${column}` as const))
    .where("names.pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("names.name_key", "=", p("nameKey")),
);

const selectBySub = prepared<{ poolId: string; sub: string }>()((db, p) =>
  db
    .selectFrom("users")
    .select(userColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub")),
);

const deleteUser = prepared<{ poolId: string; sub: string }>()((db, p) =>
  db
    .deleteFrom("users")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .returning("sign_in_names"),
);

const sumOfCounts = prepared<{ poolId: string }>()((db, p) =>
  db
    .selectFrom("user_counts")
    .select((eb) => eb.fn.sum<number | string | null>("users").as("users"))
    .where("pool_key", "=", poolKeyOf(db, p("poolId"))),
);

const countImported = prepared<{ poolId: string }>()((db, p) =>
  db
    .selectFrom("users")
    .select((eb) => eb.fn.countAll<number | string>().as("users"))
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sealed_imported_password", "is not", null),
);

/** One statement for each set of columns that was ever changed together: an index is only touched for a column that is set. */
const updatesByColumns = new Map<string, Query<UserWrite, unknown>>();

async function writeChanges(
  writer: Writer,
  poolId: string,
  before: WrittenUserRow,
  after: WrittenUserRow,
): Promise<void> {
  const columns = writtenUserColumns.filter((column) => before[column] !== after[column]);
  if (columns.length === 0) return;
  const shape = columns.join();
  let update = updatesByColumns.get(shape);
  if (!update) {
    update = prepared<UserWrite>()((db, p) =>
      db
        .updateTable("users")
        .set(parametersFor<WrittenUserRow, keyof WrittenUserRow>(p, columns))
        .where("pool_key", "=", poolKeyOf(db, p("poolId")))
        .where("sub", "=", p("sub")),
    );
    updatesByColumns.set(shape, update);
  }
  await writer.run(update, { poolId, ...after });
}

/** Gives the user the names, or throws if another user has one. */
async function claimNames(writer: Writer, user: UserRecord, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const { poolId, sub } = user;
  const rows = await writer.all(claimOf(keys.length), { poolId, sub, ...parametersOf(keys) });
  if (rows.length === keys.length) return;
  const claimed = new Set(rows.map(({ name_key }) => name_key));
  const isTaken = (key: string) => keys.includes(key) && !claimed.has(key);
  const taken = user.signInNames.find(({ key }) => isTaken(exactKey(key)));
  throw taken
    ? new SignInNameTaken(taken.kind)
    : new AlreadyExists(`There is a user with the name ${user.sub}.`);
}

async function moveNames(writer: Writer, before: UserRecord, after: UserRecord): Promise<void> {
  const [former, current] = [namesOf(before), namesOf(after)];
  const removed = former.filter((key) => !current.includes(key));
  if (removed.length > 0) {
    await writer.run(deletionOf(removed.length), { poolId: before.poolId, ...parametersOf(removed) });
  }
  const added = current.filter((key) => !former.includes(key));
  await claimNames(writer, after, added);
}

/** Each key as the parameter that the statements below know it by. */
function parametersOf(keys: readonly string[]): Record<`name${number}`, string> {
  return Object.fromEntries(keys.map((key, index) => [`name${index}`, key]));
}

type NameParameters = Record<`name${number}`, string> & { poolId: string; sub: string };

/** One statement for each number of names, so that they take one round trip. */
const claims = new Map<number, Query<NameParameters, { name_key: string }>>();

/** Gives back the names that were free. */
function claimOf(count: number): Query<NameParameters, { name_key: string }> {
  let claim = claims.get(count);
  if (!claim) {
    claim = prepared<NameParameters>()((db, p) =>
      db
        .insertInto("user_sign_in_names")
        .values(
          Array.from({ length: count }, (_, index) => ({
            pool_key: poolKeyFor(db, p("poolId")),
            name_key: p(`name${index}`),
            sub: p("sub"),
          })),
        )
        .onConflict((conflict) => conflict.columns(["pool_key", "name_key"]).doNothing())
        .returning("name_key"),
    );
    claims.set(count, claim);
  }
  return claim;
}

const deletions = new Map<number, Query<Omit<NameParameters, "sub">, unknown>>();

function deletionOf(count: number): Query<Omit<NameParameters, "sub">, unknown> {
  let deletion = deletions.get(count);
  if (!deletion) {
    deletion = prepared<Omit<NameParameters, "sub">>()((db, p) =>
      db
        .deleteFrom("user_sign_in_names")
        .where("pool_key", "=", poolKeyOf(db, p("poolId")))
        .where(
          "name_key",
          "in",
          Array.from({ length: count }, (_, index) => p(`name${index}`)),
        ),
    );
    deletions.set(count, deletion);
  }
  return deletion;
}
