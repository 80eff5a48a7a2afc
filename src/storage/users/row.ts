/** A user as a row, and back. */

import { fromJson, toJson } from "../json.ts";
import { exactKey, foldedKey } from "../keys.ts";
import type { Sealer } from "../sealer.ts";
import { openJson, sealContext, sealJson } from "../sealing.ts";
import type { ImportedPasswordRecord, PasswordRecord, SignInName, TotpRecord, UserRecord } from "./record.ts";
import { type UserSearchColumns, type UsersTable, usersTable } from "./table.ts";

/** A user as read: all but the pool's key and what only searches use, which follows from the attributes. */
export type UserRow = Omit<UsersTable, "pool_key" | "username_key" | keyof UserSearchColumns>;

/** A user as written. */
export type WrittenUserRow = UserRow & UserSearchColumns & Pick<UsersTable, "username_key">;

export const userColumns = [
  "sub",
  "username",
  "status",
  "enabled",
  "attributes",
  "pending_attributes",
  "sign_in_names",
  "sealed_password",
  "sealed_password_history",
  "mfa",
  "totp_used_step",
  "sealed_totp",
  "sealed_imported_password",
  "failed_sign_ins",
  "attempts",
  "created_at",
  "last_modified_at",
] as const satisfies readonly (keyof UserRow)[];

export const writtenUserColumns = [
  ...userColumns,
  "username_key",
  "email_key",
  "phone_number_key",
  "name_key",
  "given_name_key",
  "family_name_key",
  "preferred_username_key",
] as const satisfies readonly (keyof WrittenUserRow)[];

/** Which attribute each search column is the key of. */
const searchedAttributes: Readonly<Record<keyof UserSearchColumns, string>> = {
  email_key: "email",
  phone_number_key: "phone_number",
  name_key: "name",
  given_name_key: "given_name",
  family_name_key: "family_name",
  preferred_username_key: "preferred_username",
};

/** A user as read and the row it was read from: what has not changed need not be sealed again. */
interface ReadUser {
  readonly user: UserRecord;
  readonly row: UserRow;
}

export function toUserRow(sealer: Sealer, user: UserRecord, before?: ReadUser): WrittenUserRow {
  const { password, passwordHistory } = user;
  return {
    sub: user.sub,
    username: user.username,
    status: user.status,
    enabled: user.enabled ? 1 : 0,
    attributes: toJson(user.attributes),
    pending_attributes: user.pendingAttributes ? toJson(user.pendingAttributes) : null,
    sign_in_names: toJson(user.signInNames.map(({ kind, key }) => [kind, key])),
    sealed_password:
      before && password === before.user.password
        ? before.row.sealed_password
        : sealPasswords(sealer, user, "sealed_password", password && [password]),
    sealed_password_history:
      before && passwordHistory === before.user.passwordHistory
        ? before.row.sealed_password_history
        : sealPasswords(sealer, user, "sealed_password_history", passwordHistory),
    mfa: user.mfa ? toJson(user.mfa) : null,
    totp_used_step: user.totp?.lastUsedStep ?? null,
    sealed_totp: before && isSameApp(user, before.user) ? before.row.sealed_totp : sealTotp(sealer, user),
    sealed_imported_password:
      before && user.importedPassword === before.user.importedPassword
        ? before.row.sealed_imported_password
        : user.importedPassword
          ? sealJson(
              sealer,
              user.importedPassword,
              userContext(user.poolId, user.sub, "sealed_imported_password"),
            )
          : null,
    failed_sign_ins: user.failedSignIns ? toJson(user.failedSignIns) : null,
    attempts: user.attempts ? toJson(user.attempts) : null,
    created_at: user.createdAt,
    last_modified_at: user.lastModifiedAt,
    username_key: usernameKeyOf(user),
    ...searchColumnsOf(user.attributes),
  };
}

export function toUserRecord(sealer: Sealer, poolId: string, row: UserRow): UserRecord {
  const { sub, sealed_password: password, sealed_password_history: history } = row;
  // Members that are missing are absent. Set one by one: spreading an object for each takes longer than to parse the rest.
  const user: Mutable<UserRecord> = {
    poolId,
    sub,
    username: row.username,
    status: row.status,
    enabled: row.enabled === 1,
    attributes: fromJson(row.attributes),
    signInNames: signInNamesIn(row),
    createdAt: row.created_at,
    lastModifiedAt: row.last_modified_at,
  };
  if (row.pending_attributes !== null) user.pendingAttributes = fromJson(row.pending_attributes);
  if (password) {
    user.password = new PasswordOpenedWhenRead(password, () => {
      const [opened] = openPasswords(sealer, poolId, sub, "sealed_password", password);
      if (!opened) throw new Error("A sealed password holds none.");
      return opened;
    });
  }
  if (history) user.passwordHistory = openPasswords(sealer, poolId, sub, "sealed_password_history", history);
  if (row.mfa !== null) user.mfa = fromJson(row.mfa);
  if (row.sealed_totp) {
    const { totp, pendingTotpSecret } = openJson<StoredTotp>(
      sealer,
      row.sealed_totp,
      userContext(poolId, sub, "sealed_totp"),
    );
    if (totp) {
      const { secret, friendlyName, lastUsedStep } = totp;
      user.totp = { secret, friendlyName, lastUsedStep: row.totp_used_step ?? lastUsedStep };
    }
    if (pendingTotpSecret !== undefined) user.pendingTotpSecret = pendingTotpSecret;
  }
  if (row.sealed_imported_password) {
    const context = userContext(poolId, sub, "sealed_imported_password");
    const { hash } = openJson<ImportedPasswordRecord>(sealer, row.sealed_imported_password, context);
    user.importedPassword = { hash };
  }
  if (row.failed_sign_ins !== null) user.failedSignIns = fromJson(row.failed_sign_ins);
  if (row.attempts !== null) user.attempts = fromJson(row.attempts);
  return user;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

export function signInNamesIn(row: Pick<UserRow, "sign_in_names">): SignInName[] {
  const names = fromJson<[SignInName["kind"], string][]>(row.sign_in_names);
  return names.map(([kind, key]) => ({ kind, key }));
}

/** The values that searches compare with, of a user with these attributes. */
export function searchColumnsOf(attributes: UserRecord["attributes"]): UserSearchColumns {
  const keyOf = (column: keyof UserSearchColumns) => {
    const value = attributes[searchedAttributes[column]];
    return value === undefined ? null : foldedKey(value);
  };
  return {
    email_key: keyOf("email_key"),
    phone_number_key: keyOf("phone_number_key"),
    name_key: keyOf("name_key"),
    given_name_key: keyOf("given_name_key"),
    family_name_key: keyOf("family_name_key"),
    preferred_username_key: keyOf("preferred_username_key"),
  };
}

/** The username as searches compare it. */
export function usernameKeyOf({
  username,
  signInNames,
}: Pick<UserRecord, "username" | "signInNames">): string {
  return exactKey(signInNames.find(({ kind }) => kind === "username")?.key ?? username);
}

/** A password in JSON: the verifier in base64. */
type StoredPassword = Omit<PasswordRecord, "verifier"> & { readonly verifier: string };

type PasswordColumn = "sealed_password" | "sealed_password_history";

function userContext(
  poolId: string,
  sub: string,
  column: PasswordColumn | "sealed_totp" | "sealed_imported_password",
): string {
  return sealContext(usersTable, column, { pool_id: poolId, sub });
}

function sealPasswords(
  sealer: Sealer,
  { poolId, sub }: UserRecord,
  column: PasswordColumn,
  passwords: readonly PasswordRecord[] | undefined,
): Uint8Array | null {
  if (!passwords) return null;
  const stored = passwords.map(
    (password): StoredPassword => ({
      ...password,
      verifier: Buffer.from(password.verifier).toString("base64"),
    }),
  );
  return sealJson(sealer, stored, userContext(poolId, sub, column));
}

interface StoredTotp {
  /** With the step only where a release before schema version 5 wrote it, and none was used since. */
  readonly totp?: TotpRecord;
  readonly pendingTotpSecret?: string;
}

function sealTotp(sealer: Sealer, { poolId, sub, totp, pendingTotpSecret }: UserRecord): Uint8Array | null {
  if (!totp && pendingTotpSecret === undefined) return null;
  const { secret, friendlyName } = totp ?? {};
  const stored = { totp: totp && { secret, friendlyName }, pendingTotpSecret };
  return sealJson(sealer, stored, userContext(poolId, sub, "sealed_totp"));
}

/** Whether what is sealed of users' authenticator apps is the same. */
function isSameApp(one: UserRecord, other: UserRecord): boolean {
  return (
    one.totp?.secret === other.totp?.secret &&
    one.totp?.friendlyName === other.totp?.friendlyName &&
    one.pendingTotpSecret === other.pendingTotpSecret
  );
}

function openPasswords(
  sealer: Sealer,
  poolId: string,
  sub: string,
  column: PasswordColumn,
  sealed: Uint8Array,
): PasswordRecord[] {
  const stored = openJson<StoredPassword[]>(sealer, sealed, userContext(poolId, sub, column));
  return stored.map((password) => ({ ...password, verifier: Buffer.from(password.verifier, "base64") }));
}

/**
 * A password that is decrypted when one of its members is first read. Most readers of a user need none, and decrypting
 * costs more than the rest of the read.
 *
 * The members are accessors of the object itself, so that a copy reads them like any others. All objects share the same
 * functions, because own functions would give each object its own hidden class and make the heap ten times larger.
 */
class PasswordOpenedWhenRead implements PasswordRecord {
  declare readonly saltHex: string;
  declare readonly verifier: Uint8Array;
  declare readonly setAt: number;
  declare readonly temporary: boolean;
  readonly #sealed: Uint8Array;
  readonly #open: () => PasswordRecord;
  #opened: PasswordRecord | undefined;

  static readonly #accessors: PropertyDescriptorMap & Record<keyof PasswordRecord, PropertyDescriptor> = {
    saltHex: PasswordOpenedWhenRead.#accessorOf("saltHex"),
    verifier: PasswordOpenedWhenRead.#accessorOf("verifier"),
    setAt: PasswordOpenedWhenRead.#accessorOf("setAt"),
    temporary: PasswordOpenedWhenRead.#accessorOf("temporary"),
  };

  static #accessorOf(name: keyof PasswordRecord): PropertyDescriptor {
    return {
      enumerable: true,
      get(this: PasswordOpenedWhenRead) {
        this.#opened ??= this.#open();
        return this.#opened[name];
      },
    };
  }

  constructor(sealed: Uint8Array, open: () => PasswordRecord) {
    this.#sealed = sealed;
    this.#open = open;
    Object.defineProperties(this, PasswordOpenedWhenRead.#accessors);
  }

  static isSame(one: PasswordRecord | undefined, other: PasswordRecord | undefined): boolean {
    if (one instanceof PasswordOpenedWhenRead && other instanceof PasswordOpenedWhenRead) {
      if (Buffer.compare(one.#sealed, other.#sealed) === 0) return true;
    }
    return one?.saltHex === other?.saltHex;
  }
}

/**
 * Whether two passwords of a user are the same stored one. The sealed values are compared first, because opening both
 * costs more than the rest of a read. After a rotation of the master key, one value can be sealed in two ways.
 */
export const isSamePassword = PasswordOpenedWhenRead.isSame;
