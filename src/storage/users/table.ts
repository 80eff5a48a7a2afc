import { bytes, defineTable, integer, nullable, type RowOf, text } from "../schema.ts";
import type { UserStatus } from "./record.ts";

/** Of the rows that have a value in the column. */
const searchIndex = <Column extends string>(column: Column) =>
  ({ columns: ["pool_key", column, "created_at", "sub"], whereSet: column }) as const;

export const usersTable = defineTable({
  name: "users",
  columns: {
    pool_key: integer(),
    sub: text(),
    username: text(),
    status: text<UserStatus>(),
    /** 1 or 0. */
    enabled: integer(),
    /** JSON. */
    attributes: text(),
    /** JSON. */
    pending_attributes: nullable(text()),
    /** JSON: `[kind, key]` pairs, the same as in user_sign_in_names, so that reading a user reads one row. */
    sign_in_names: text(),
    /** JSON. */
    mfa: nullable(text()),
    /** JSON. */
    failed_sign_ins: nullable(text()),
    /** JSON. */
    attempts: nullable(text()),
    created_at: integer(),
    last_modified_at: integer(),
    /** The username as it is compared: folded in pools that ignore case. */
    username_key: text(),
    // The values that ListUsers searches, folded as `foldedKey` does; null where the user lacks the attribute.
    email_key: nullable(text()),
    phone_number_key: nullable(text()),
    name_key: nullable(text()),
    given_name_key: nullable(text()),
    family_name_key: nullable(text()),
    preferred_username_key: nullable(text()),
    /** JSON: a list of one. */
    sealed_password: nullable(bytes()),
    /** JSON: a list. */
    sealed_password_history: nullable(bytes()),
    /** JSON: the registered authenticator app, and the secret of one that is not proved yet. */
    sealed_totp: nullable(bytes()),
    /** JSON: the hash of a password from another system that the user has not signed in with yet. */
    sealed_imported_password: nullable(bytes()),
    /** `lastUsedStep` of the authenticator app: it changes with each sign-in, and so is not sealed with the secret. */
    totp_used_step: nullable(integer()),
  },
  key: ["pool_key", "sub"],
  // ListUsers: each search reads one of these in its order.
  indexes: {
    users_by_creation: ["pool_key", "created_at", "sub"],
    users_by_status: ["pool_key", "status", "created_at", "sub"],
    users_by_username: ["pool_key", "username_key"],
    users_by_enabled: ["pool_key", "enabled", "created_at", "sub"],
    users_by_email_key: searchIndex("email_key"),
    users_by_phone_number_key: searchIndex("phone_number_key"),
    users_by_name_key: searchIndex("name_key"),
    users_by_given_name_key: searchIndex("given_name_key"),
    users_by_family_name_key: searchIndex("family_name_key"),
    users_by_preferred_username_key: searchIndex("preferred_username_key"),
    /** Counted from. */
    users_by_imported_password: { columns: ["pool_key"], whereSet: "sealed_imported_password" },
  },
  owners: [{ kind: "pool", column: "pool_key", removal: "in steps" }],
  sealed: {
    sealed_password: ["pool_id", "sub"],
    sealed_password_history: ["pool_id", "sub"],
    sealed_totp: ["pool_id", "sub"],
    sealed_imported_password: ["pool_id", "sub"],
  },
});

export type UsersTable = RowOf<typeof usersTable>;

export type UserSearchColumns = Pick<
  UsersTable,
  | "email_key"
  | "phone_number_key"
  | "name_key"
  | "given_name_key"
  | "family_name_key"
  | "preferred_username_key"
>;

/**
 * The texts that may be given as `Username`: usernames, active aliases, and the `sub`. Its primary key is the promise that a text finds
 * one user, whatever kind of name it is: no user can take a name that is another user's `sub`. A text that is several names of one
 * user has one row.
 *
 * No reference leads to the user: it would need an index by `sub`, another page to write for each user. The repository deletes
 * the names with the user.
 */
export const userSignInNamesTable = defineTable({
  name: "user_sign_in_names",
  columns: { pool_key: integer(), name_key: text(), sub: text() },
  key: ["pool_key", "name_key"],
  isClustered: true,
  owners: [{ kind: "pool", column: "pool_key", removal: "in steps" }],
});

/**
 * How many users a pool has: the sum of its shards, which are made as they are needed, so that concurrent writers seldom meet
 * in one row.
 */
export const userCountsTable = defineTable({
  name: "user_counts",
  columns: { pool_key: integer(), shard: integer(), users: integer() },
  key: ["pool_key", "shard"],
  isClustered: true,
  owners: [{ kind: "pool", column: "pool_key", removal: "in steps" }],
});
