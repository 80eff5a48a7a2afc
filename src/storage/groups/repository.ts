import { replacingViolation, type Session } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { optional } from "../json.ts";
import { requestPurge } from "../maintenance/index.ts";
import { insertingOwned, nextKey, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, prepared } from "../query.ts";
import type { UserRecord } from "../records.ts";
import type { Sealer } from "../sealer.ts";
import { toUserRecord, userColumns } from "../users/index.ts";
import type { GroupRecord } from "./record.ts";
import type { GroupsTable } from "./table.ts";

type GroupRow = Omit<GroupsTable, "pool_key">;

export interface GroupRepository {
  /** @throws AlreadyExists the name is taken in the pool */
  insert(group: GroupRecord): Promise<void>;
  get(poolId: string, name: string): Promise<GroupRecord | undefined>;
  update(
    poolId: string,
    name: string,
    change: (group: GroupRecord) => GroupRecord,
  ): Promise<GroupRecord | undefined>;
  /** Deletes the group and its memberships. @returns whether there was one */
  delete(poolId: string, name: string): Promise<boolean>;
  /** By name. */
  list(poolId: string, page: PageRequest): Promise<Page<GroupRecord>>;
  count(poolId: string): Promise<number>;
  /** Idempotent. Does nothing when the group or the user is gone. */
  addMember(poolId: string, name: string, sub: string, at: number): Promise<void>;
  /** Idempotent. */
  removeMember(poolId: string, name: string, sub: string): Promise<void>;
  /** In order of joining. */
  listMembers(poolId: string, name: string, page: PageRequest): Promise<Page<UserRecord>>;
  /** By precedence, those without one last, then by name. A user is in 100 groups at most. */
  listOfUser(poolId: string, sub: string): Promise<readonly GroupRecord[]>;
}

export class SqlGroupRepository implements GroupRepository {
  readonly #session: Session;
  readonly #sealer: Sealer;

  constructor(session: Session, sealer: Sealer) {
    this.#session = session;
    this.#sealer = sealer;
  }

  insert(group: GroupRecord): Promise<void> {
    return this.#session.write(async (writer) => {
      const row = { ...toRow(group), key: await nextKey(writer), poolId: group.poolId };
      await insertingOwned(`user pool as ${group.poolId}`, () =>
        replacingViolation(
          "unique",
          () => new AlreadyExists(`There is a group with the name ${group.name}.`),
          () => writer.run(insertGroup, row),
        ),
      );
    });
  }

  async get(poolId: string, name: string): Promise<GroupRecord | undefined> {
    const row = await this.#session.reader.first(selectGroup, { poolId, name });
    return row && toRecord(poolId, row);
  }

  update(
    poolId: string,
    name: string,
    change: (group: GroupRecord) => GroupRecord,
  ): Promise<GroupRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectGroup, { poolId, name });
      if (!row) return undefined;
      const group = toRecord(poolId, row);
      const changed = change(group);
      if (changed !== group) await writer.run(updateGroup, { ...toRow(changed), key: row.key });
      return changed;
    });
  }

  delete(poolId: string, name: string): Promise<boolean> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectGroup, { poolId, name });
      if (!row) return false;
      await writer.run(deleteGroup, { key: row.key });
      await requestPurge(writer, "group", row.key);
      return true;
    });
  }

  list(poolId: string, page: PageRequest): Promise<Page<GroupRecord>> {
    return readPage(["groups", poolId], page, [""], {
      fetch: ([after], limit) =>
        this.#session.reader.all(selectGroups, { poolId, after: String(after), limit }),
      keyOf: (row) => [row.name],
      recordOf: (row) => toRecord(poolId, row),
    });
  }

  async count(poolId: string): Promise<number> {
    const counted = await this.#session.reader.first(countGroups, { poolId });
    return Number(counted?.groups ?? 0);
  }

  async addMember(poolId: string, name: string, sub: string, at: number): Promise<void> {
    await this.#session.write((writer) => writer.run(insertMember, { poolId, name, sub, at }));
  }

  async removeMember(poolId: string, name: string, sub: string): Promise<void> {
    await this.#session.write((writer) => writer.run(deleteMember, { poolId, name, sub }));
  }

  listMembers(poolId: string, name: string, page: PageRequest): Promise<Page<UserRecord>> {
    return readPage(["members", poolId, name], page, [Number.MIN_SAFE_INTEGER, ""], {
      fetch: ([joinedAt, sub], limit) =>
        this.#session.reader.all(selectMembers, {
          poolId,
          name,
          joinedAt: Number(joinedAt),
          sub: String(sub),
          limit,
        }),
      keyOf: (row) => [row.joined_at, row.sub],
      recordOf: (row) => toUserRecord(this.#sealer, poolId, row),
    });
  }

  async listOfUser(poolId: string, sub: string): Promise<readonly GroupRecord[]> {
    const rows = await this.#session.reader.all(selectGroupsOfUser, { poolId, sub });
    return rows.map((row) => toRecord(poolId, row)).sort(byPrecedence);
  }
}

/**
 * Here rather than in SQL: the engines disagree on where nulls sort, and SQLite takes longer to set up a sort than to read a
 * user's few groups.
 */
function byPrecedence(a: GroupRecord, b: GroupRecord): number {
  const difference = (a.precedence ?? Number.POSITIVE_INFINITY) - (b.precedence ?? Number.POSITIVE_INFINITY);
  // Two infinities differ by NaN.
  return difference || (a.name < b.name ? -1 : 1);
}

function toRow(group: GroupRecord): Omit<GroupRow, "key"> {
  return {
    name: group.name,
    description: group.description ?? null,
    role_arn: group.roleArn ?? null,
    precedence: group.precedence ?? null,
    created_at: group.createdAt,
    last_modified_at: group.lastModifiedAt,
  };
}

function toRecord(poolId: string, row: GroupRow): GroupRecord {
  return {
    poolId,
    name: row.name,
    ...optional("description", row.description),
    ...optional("roleArn", row.role_arn),
    ...optional("precedence", row.precedence),
    createdAt: row.created_at,
    lastModifiedAt: row.last_modified_at,
  };
}

const groupColumns = [
  "groups.key",
  "groups.name",
  "groups.description",
  "groups.role_arn",
  "groups.precedence",
  "groups.created_at",
  "groups.last_modified_at",
] as const;

const insertGroup = prepared<GroupRow & { poolId: string }>()((db, p) =>
  db.insertInto("groups").values({
    key: p("key"),
    pool_key: poolKeyFor(db, p("poolId")),
    name: p("name"),
    description: p("description"),
    role_arn: p("role_arn"),
    precedence: p("precedence"),
    created_at: p("created_at"),
    last_modified_at: p("last_modified_at"),
  }),
);

const selectGroup = prepared<{ poolId: string; name: string }>()((db, p) =>
  db
    .selectFrom("groups")
    .select(groupColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("name", "=", p("name")),
);

const updateGroup = prepared<GroupRow>()((db, p) =>
  db
    .updateTable("groups")
    .set({
      description: p("description"),
      role_arn: p("role_arn"),
      precedence: p("precedence"),
      last_modified_at: p("last_modified_at"),
    })
    .where("key", "=", p("key")),
);

const deleteGroup = prepared<{ key: number }>()((db, p) =>
  db.deleteFrom("groups").where("key", "=", p("key")),
);

const selectGroups = prepared<{ poolId: string; after: string; limit: number }>()((db, p) =>
  db
    .selectFrom("groups")
    .select(groupColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("name", ">", p("after"))
    .orderBy("name")
    .limit(atMost(p("limit"))),
);

/** Scanned: a pool has at most 10,000. */
const countGroups = prepared<{ poolId: string }>()((db, p) =>
  db
    .selectFrom("groups")
    .select((eb) => eb.fn.countAll<number | string>().as("groups"))
    .where("pool_key", "=", poolKeyOf(db, p("poolId"))),
);

/** Adds nothing where the group or the user is gone. */
const insertMember = prepared<{ poolId: string; name: string; sub: string; at: number }>()((db, p) =>
  db
    .insertInto("group_members")
    .columns(["pool_key", "sub", "group_key", "joined_at"])
    .expression(
      db
        .selectFrom("groups")
        .innerJoin("users", "users.pool_key", "groups.pool_key")
        .select((eb) => [
          "users.pool_key",
          "users.sub",
          "groups.key",
          eb.cast<number>(p("at"), "bigint").as("joined_at"),
        ])
        .where("groups.pool_key", "=", poolKeyOf(db, p("poolId")))
        .where("groups.name", "=", p("name"))
        .where("users.sub", "=", p("sub")),
    )
    .onConflict((conflict) => conflict.columns(["pool_key", "sub", "group_key"]).doNothing()),
);

const deleteMember = prepared<{ poolId: string; name: string; sub: string }>()((db, p) =>
  db
    .deleteFrom("group_members")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .where(
      "group_key",
      "=",
      db
        .selectFrom("groups")
        .select("groups.key")
        .where("groups.pool_key", "=", poolKeyOf(db, p("poolId")))
        .where("groups.name", "=", p("name")),
    ),
);

const selectMembers = prepared<{
  poolId: string;
  name: string;
  joinedAt: number;
  sub: string;
  limit: number;
}>()((db, p) =>
  db
    .selectFrom("group_members as members")
    .innerJoin("users", (join) =>
      join.onRef("users.pool_key", "=", "members.pool_key").onRef("users.sub", "=", "members.sub"),
    )
    .select(userColumns.map((column) => `users.${column}` as const))
    .select("members.joined_at")
    .where(
      "members.group_key",
      "=",
      db
        .selectFrom("groups")
        .select("groups.key")
        .where("groups.pool_key", "=", poolKeyOf(db, p("poolId")))
        .where("groups.name", "=", p("name")),
    )
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("members.joined_at", "members.sub"), ">", tuple(p("joinedAt"), p("sub"))),
    )
    .orderBy("members.joined_at")
    .orderBy("members.sub")
    .limit(atMost(p("limit"))),
);

const selectGroupsOfUser = prepared<{ poolId: string; sub: string }>()((db, p) =>
  db
    .selectFrom("group_members as members")
    .innerJoin("groups", "groups.key", "members.group_key")
    .select(groupColumns)
    .where("members.pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("members.sub", "=", p("sub")),
);
