import { type Executor, replacingViolation, type Session, type Writer } from "../engine.ts";
import { AlreadyExists, SignInNameTaken } from "../errors.ts";
import { exactKey } from "../keys.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import type { Page, PageRequest } from "../page.ts";
import { parametersFor, prepared, type Query } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import type { SignInName, UserRecord } from "./record.ts";
import {
  searchColumnsOf,
  signInNameKey,
  toUserRecord,
  toUserRow,
  userColumns,
  type WrittenUserRow,
  writtenUserColumns,
} from "./row.ts";
import { listUsers, type UserSearch } from "./search.ts";
import type { UserSignInNamesTable } from "./table.ts";

/** Rows over which the count of a pool's users is spread, so that concurrent transactions seldom write the same one. */
const USER_COUNT_SHARDS = 64;

export interface UserRepository {
  /**
   * @throws SignInNameTaken a sign-in name is another user's
   * @throws AlreadyExists the `sub` is taken
   */
  insert(user: UserRecord): Promise<void>;
  /**
   * Finds by sign-in name (`key` folded by the caller in pools that ignore case) and, when none has it, by `sub`. Where
   * several users have that text, the one whose username it is wins, then email, then phone_number, then
   * preferred_username, which alone can be chosen freely.
   */
  find(poolId: string, key: string): Promise<UserRecord | undefined>;
  getBySub(poolId: string, sub: string): Promise<UserRecord | undefined>;
  /**
   * Reads the user, applies `change` and writes it back as one step. `change` can run again after a conflict, so it must
   * be pure; what it throws is passed on and nothing is written. Returning the same object writes nothing.
   *
   * @returns the user as written; undefined when there is no such user
   * @throws SignInNameTaken a new sign-in name is another user's
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
      await claimNames(writer, user, user.signInNames);
      await writer.run(addToCount, { poolId: user.poolId, shard: shardOf(user.sub), change: 1 });
    });
  }

  async find(poolId: string, key: string): Promise<UserRecord | undefined> {
    const rows = await this.#session.reader.all(findBySignInName, { poolId, nameKey: exactKey(key) });
    const rank = ({ kind }: { kind: SignInName["kind"] }) => signInNameKinds.indexOf(kind);
    const [row] = rows.sort((a, b) => rank(a) - rank(b));
    return row ? toUserRecord(this.#sealer, poolId, row) : this.getBySub(poolId, key);
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
      await writeChanges(writer, poolId, { ...row, ...searchColumnsOf(user.attributes) }, changedRow);
      if (changedRow.sign_in_names !== row.sign_in_names) await moveNames(writer, user, changed);
      return changed;
    });
  }

  delete(poolId: string, sub: string): Promise<boolean> {
    return this.#session.write(async (writer) => {
      if ((await writer.run(deleteUser, { poolId, sub })) === 0) return false;
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
}

/** In the order in which `find` prefers them. A name is looked for as each, so that the lookup is by the whole primary key. */
const signInNameKinds = ["username", "email", "phone_number", "preferred_username"] as const;

type UserWrite = WrittenUserRow & { poolId: string };

const insertUser = prepared<UserWrite>()((db, p) =>
  db.insertInto("users").values({
    pool_key: poolKeyFor(db, p("poolId")),
    ...parametersFor<WrittenUserRow, keyof WrittenUserRow>(p, writtenUserColumns),
  }),
);

/** Unsorted: there are four rows at most and nearly always one, and SQLite takes longer to set up a sort than to find them. */
const findBySignInName = prepared<{ poolId: string; nameKey: string }>()((db, p) =>
  db
    .selectFrom("user_sign_in_names as names")
    .innerJoin("users", (join) =>
      join.onRef("users.pool_key", "=", "names.pool_key").onRef("users.sub", "=", "names.sub"),
    )
    .select(["names.kind", ...userColumns.map((column) => `users.${column}` as const)])
    .where("names.pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("names.kind", "in", signInNameKinds)
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
    .where("sub", "=", p("sub")),
);

const addToCount = prepared<{ poolId: string; shard: number; change: number }>()((db, p) =>
  db
    .insertInto("user_counts")
    .values({ pool_key: poolKeyFor(db, p("poolId")), shard: p("shard"), users: p("change") })
    .onConflict((conflict) =>
      conflict.columns(["pool_key", "shard"]).doUpdateSet((eb) => ({
        users: eb("user_counts.users", "+", eb.ref("excluded.users")),
      })),
    ),
);

const sumOfCounts = prepared<{ poolId: string }>()((db, p) =>
  db
    .selectFrom("user_counts")
    .select((eb) => eb.fn.sum<number | string | null>("users").as("users"))
    .where("pool_key", "=", poolKeyOf(db, p("poolId"))),
);

/** Any spread will do, as long as a user is subtracted where they were added: no shard goes below zero that way. */
function shardOf(sub: string): number {
  let sum = 0;
  for (let index = 0; index < sub.length; index++) sum += sub.charCodeAt(index);
  return sum % USER_COUNT_SHARDS;
}

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
async function claimNames(writer: Executor, user: UserRecord, names: readonly SignInName[]): Promise<void> {
  for (const name of names) {
    await replacingViolation(
      "unique",
      () => new SignInNameTaken(name.kind),
      () =>
        writer.run(insertName, {
          poolId: user.poolId,
          sub: user.sub,
          kind: name.kind,
          nameKey: signInNameKey(name),
        }),
    );
  }
}

async function moveNames(writer: Writer, before: UserRecord, after: UserRecord): Promise<void> {
  const isIn = (names: readonly SignInName[]) => (name: SignInName) =>
    names.some(({ kind, key }) => kind === name.kind && key === name.key);
  const wasThere = isIn(before.signInNames);
  const stays = isIn(after.signInNames);
  for (const name of before.signInNames.filter((name) => !stays(name))) {
    await writer.run(deleteName, { poolId: before.poolId, kind: name.kind, nameKey: signInNameKey(name) });
  }
  await claimNames(
    writer,
    after,
    after.signInNames.filter((name) => !wasThere(name)),
  );
}

type NameParameters = { poolId: string; kind: UserSignInNamesTable["kind"]; nameKey: string };

const insertName = prepared<NameParameters & { sub: string }>()((db, p) =>
  db.insertInto("user_sign_in_names").values({
    pool_key: poolKeyFor(db, p("poolId")),
    kind: p("kind"),
    name_key: p("nameKey"),
    sub: p("sub"),
  }),
);

const deleteName = prepared<NameParameters>()((db, p) =>
  db
    .deleteFrom("user_sign_in_names")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("kind", "=", p("kind"))
    .where("name_key", "=", p("nameKey")),
);
