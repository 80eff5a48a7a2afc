/**
 * The lists of users for ListUsers. Every search is a range of one index, read in its order from where the page
 * before ended.
 */
import type { Expression } from "kysely";
import type { Executor } from "../engine.ts";
import { fromJson } from "../json.ts";
import { exactKey, fold, foldedKey, prefixRange } from "../keys.ts";
import { poolKeyOf } from "../ownership.ts";
import { type Page, type PageKey, type PageRequest, readPage } from "../page.ts";
import { atMost, type Parameter, prepared } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import type { UserRecord, UserStatus } from "./record.ts";
import {
  searchColumnsOf,
  signInNamesIn,
  toUserRecord,
  type UserRow,
  userColumns,
  usernameKeyOf,
} from "./row.ts";
import type { SearchableAttribute } from "./searchable-attributes.ts";
import type { UserSearchColumns } from "./table.ts";

export interface UserSearch {
  readonly attribute: SearchableAttribute;
  readonly match: "equals" | "startsWith";
  /**
   * Compared as ListUsers does: `username` exactly (folded by the caller in pools that ignore case), `status` exactly
   * against `Enabled` or `Disabled`, everything else without regard to case. At most 256 characters of it: a longer prefix
   * is compared by its beginning.
   */
  readonly value: string;
}

/** Users in the order of one index, as far as their key `k` is `from <= k <= to`; undefined when no key can be. */
interface UserList {
  readonly first: PageKey;
  fetch(reader: Executor, poolId: string, after: PageKey, limit: number): Promise<UserRow[]>;
  keyOf(row: UserRow): PageKey;
}

interface Range<Key> {
  readonly from: Key;
  readonly to: Key;
}

export async function listUsers(
  reader: Executor,
  sealer: Sealer,
  poolId: string,
  search: UserSearch | undefined,
  page: PageRequest,
): Promise<Page<UserRecord>> {
  const list = search ? listOf(search) : byCreation;
  if (!list) return { items: [] };
  const name = ["users", poolId, search?.attribute, search?.match, search?.value];
  return readPage(name, page, list.first, {
    fetch: (after, limit) => list.fetch(reader, poolId, after, limit),
    keyOf: list.keyOf,
    recordOf: (row) => toUserRecord(sealer, poolId, row),
  });
}

function listOf(search: UserSearch): UserList | undefined {
  switch (search.attribute) {
    case "username":
      return byUsername(search.match === "equals" ? only(exactKey(search.value)) : prefixRange(search.value));
    case "sub":
      return bySub(foldedRange(search));
    case "status":
      return byEnabled(search);
    case "cognito:user_status":
      return byStatus(search);
    default:
      return bySearchKey(search.attribute, foldedRange(search));
  }
}

const only = <Key>(key: Key): Range<Key> => ({ from: key, to: key });

function foldedRange({ match, value }: UserSearch): Range<string> {
  return match === "equals" ? only(foldedKey(value)) : prefixRange(fold(value));
}

// `readPage` has checked the types of a position against those of the list's `first`.
const text = (part: string | number | undefined) => String(part);
const number = (part: string | number | undefined) => Number(part);

/** Before every time and every sub. */
const FROM_THE_START = [Number.MIN_SAFE_INTEGER, ""] as const;

const byCreation: UserList = {
  first: FROM_THE_START,
  fetch: (reader, poolId, [createdAt, sub], limit) =>
    reader.all(selectByCreation, { poolId, createdAt: number(createdAt), sub: text(sub), limit }),
  keyOf: (row) => [row.created_at, row.sub],
};

const selectByCreation = prepared<{ poolId: string; createdAt: number; sub: string; limit: number }>()(
  (db, p) =>
    db
      .selectFrom("users")
      .select(userColumns)
      .where("pool_key", "=", poolKeyOf(db, p("poolId")))
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple("created_at", "sub"), ">", tuple(p("createdAt"), p("sub"))),
      )
      .orderBy("created_at")
      .orderBy("sub")
      .limit(atMost(p("limit"))),
);

function bySub({ from, to }: Range<string>): UserList {
  return {
    first: [""],
    fetch: (reader, poolId, [after], limit) =>
      reader.all(selectBySub, { poolId, from, to, after: text(after), limit }),
    keyOf: (row) => [row.sub],
  };
}

const selectBySub = prepared<{ poolId: string; after: string; from: string; to: string; limit: number }>()(
  (db, p) =>
    db
      .selectFrom("users")
      .select(userColumns)
      .where("pool_key", "=", poolKeyOf(db, p("poolId")))
      .where("sub", ">", p("after"))
      .where("sub", ">=", p("from"))
      .where("sub", "<=", p("to"))
      .orderBy("sub")
      .limit(atMost(p("limit"))),
);

function byUsername({ from, to }: Range<string>): UserList {
  return {
    first: [""],
    fetch: (reader, poolId, [after], limit) =>
      reader.all(selectByUsername, { poolId, from, to, after: text(after), limit }),
    keyOf: (row) => [usernameKeyOf({ username: row.username, signInNames: signInNamesIn(row) })],
  };
}

const selectByUsername = prepared<{
  poolId: string;
  after: string;
  from: string;
  to: string;
  limit: number;
}>()((db, p) =>
  db
    .selectFrom("users")
    .select(userColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("username_key", ">", p("after"))
    .where("username_key", ">=", p("from"))
    .where("username_key", "<=", p("to"))
    .orderBy("username_key")
    .limit(atMost(p("limit"))),
);

/** `status` is `Disabled` or `Enabled`; kept as 0 or 1, which sorts alike. */
function byEnabled(search: UserSearch): UserList | undefined {
  const range = matching(["Disabled", "Enabled"], (status) => matches(search, status, search.value));
  if (!range) return undefined;
  const [from, to] = [range.from === "Enabled" ? 1 : 0, range.to === "Enabled" ? 1 : 0];
  return {
    first: [from, ...FROM_THE_START],
    fetch: (reader, poolId, [enabled, createdAt, sub], limit) =>
      reader.all(selectByEnabled, {
        poolId,
        to,
        key: number(enabled),
        createdAt: number(createdAt),
        sub: text(sub),
        limit,
      }),
    keyOf: (row) => [row.enabled, row.created_at, row.sub],
  };
}

/** In the order of their texts. */
const userStatuses: readonly UserStatus[] = [
  "ARCHIVED",
  "COMPROMISED",
  "CONFIRMED",
  "EXTERNAL_PROVIDER",
  "FORCE_CHANGE_PASSWORD",
  "RESET_REQUIRED",
  "UNCONFIRMED",
  "UNKNOWN",
];

function byStatus(search: UserSearch): UserList | undefined {
  const value = fold(search.value);
  const range = matching(userStatuses, (status) => matches(search, fold(status), value));
  return range && byTextColumn("status", selectByStatus, range);
}

function matches({ match }: UserSearch, candidate: string, value: string): boolean {
  return match === "equals" ? candidate === value : candidate.startsWith(value);
}

/** The first and last of the sorted `candidates` that match: those between them match too, being between in order. */
function matching<T>(candidates: readonly T[], isMatch: (candidate: T) => boolean): Range<T> | undefined {
  const found = candidates.filter(isMatch);
  const [from, to] = [found.at(0), found.at(-1)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

function bySearchKey(attribute: KeyedAttribute, range: Range<string>): UserList {
  const column = `${attribute}_key` as const;
  return byTextColumn(column, selectByKey[attribute], range);
}

function byTextColumn(
  column: keyof UserSearchColumns | "status",
  query: typeof selectByStatus,
  { from, to }: Range<string>,
): UserList {
  return {
    first: [from, ...FROM_THE_START],
    fetch: (reader, poolId, [key, createdAt, sub], limit) =>
      reader.all(query, {
        poolId,
        to,
        key: text(key),
        createdAt: number(createdAt),
        sub: text(sub),
        limit,
      }),
    keyOf: (row) => [keyIn(row, column), row.created_at, row.sub],
  };
}

function keyIn(row: UserRow, column: keyof UserSearchColumns | "status"): string {
  if (column === "status") return row.status;
  return searchColumnsOf(fromJson<UserRecord["attributes"]>(row.attributes))[column] ?? "";
}

interface AfterKey<Key> {
  poolId: string;
  to: Key;
  key: Key;
  createdAt: number;
  sub: string;
  limit: number;
}

/** Rows of the index over (pool_key, column, created_at, sub) that follow a position; all bounds are of that index. */
function selectAfter<Key extends string | number>(column: keyof UserSearchColumns | "status" | "enabled") {
  return prepared<AfterKey<Key>>()((db, p) =>
    db
      .selectFrom("users")
      .select(userColumns)
      .where("pool_key", "=", poolKeyOf(db, p("poolId")))
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple(column, "created_at", "sub"), ">", tuple(keyParameter(p), p("createdAt"), p("sub"))),
      )
      .where(column, "<=", toParameter(p))
      .orderBy(column)
      .orderBy("created_at")
      .orderBy("sub")
      .limit(atMost(p("limit"))),
  );
}

// The column's type is one of several; the callers of `selectAfter` pair each with the type of its keys.
const keyParameter = <Key>(p: Parameter<AfterKey<Key>>) => p("key") as Expression<never>;
const toParameter = <Key>(p: Parameter<AfterKey<Key>>) => p("to") as Expression<never>;

const selectByEnabled = selectAfter<number>("enabled");
const selectByStatus = selectAfter<string>("status");

type KeyedAttribute = Exclude<SearchableAttribute, "username" | "sub" | "status" | "cognito:user_status">;

const selectByKey: Readonly<Record<KeyedAttribute, typeof selectByStatus>> = {
  email: selectAfter("email_key"),
  phone_number: selectAfter("phone_number_key"),
  name: selectAfter("name_key"),
  given_name: selectAfter("given_name_key"),
  family_name: selectAfter("family_name_key"),
  preferred_username: selectAfter("preferred_username_key"),
};
