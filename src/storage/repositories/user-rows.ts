/** A user as a row, and back. */

import { fromJson, optional, toJson } from "../json.ts";
import { exactKey, foldedKey } from "../keys.ts";
import type { PasswordRecord, SignInName, UserRecord } from "../records.ts";
import type { Sealer } from "../sealer.ts";
import { openJson, sealingContext, sealJson } from "../sealing.ts";
import type { UserSearchColumns, UsersTable } from "../tables.ts";

/** The columns of a user but for `pool_key`. */
export type UserRow = Omit<UsersTable, "pool_key">;

export const userColumns = [
  "sub",
  "username",
  "status",
  "enabled",
  "attributes",
  "sign_in_names",
  "sealed_passwords",
  "mfa",
  "failed_sign_ins",
  "signed_out_at",
  "created_at",
  "last_modified_at",
  "email_key",
  "phone_number_key",
  "name_key",
  "given_name_key",
  "family_name_key",
  "preferred_username_key",
] as const satisfies readonly (keyof UserRow)[];

/** Which attribute each search column is the key of. */
const searchedAttributes: Readonly<Record<keyof UserSearchColumns, string>> = {
  email_key: "email",
  phone_number_key: "phone_number",
  name_key: "name",
  given_name_key: "given_name",
  family_name_key: "family_name",
  preferred_username_key: "preferred_username",
};

interface Passwords {
  readonly password?: PasswordRecord | undefined;
  readonly passwordHistory?: readonly PasswordRecord[] | undefined;
}

/** @param sealedPasswords what the row has already, when the passwords are the same; undefined seals them anew */
export function toUserRow(sealer: Sealer, user: UserRecord, sealedPasswords?: Uint8Array | null): UserRow {
  return {
    sub: user.sub,
    username: user.username,
    status: user.status,
    enabled: user.enabled ? 1 : 0,
    attributes: toJson(user.attributes),
    sign_in_names: toJson(user.signInNames.map(({ kind, key }) => [kind, key])),
    sealed_passwords: sealedPasswords === undefined ? sealPasswords(sealer, user) : sealedPasswords,
    mfa: user.mfa ? toJson(user.mfa) : null,
    failed_sign_ins: user.failedSignIns ? toJson(user.failedSignIns) : null,
    signed_out_at: user.signedOutAt ?? null,
    created_at: user.createdAt,
    last_modified_at: user.lastModifiedAt,
    ...searchColumns(user.attributes),
  };
}

/**
 * The passwords are opened when they are first read: most readers of a user don't want them, and opening costs as much as
 * the rest of the read.
 */
export function toUserRecord(sealer: Sealer, poolId: string, row: UserRow): UserRecord {
  let opened: Passwords | undefined;
  const passwords = () => {
    opened ??= row.sealed_passwords ? openPasswords(sealer, poolId, row.sub, row.sealed_passwords) : {};
    return opened;
  };
  const signInNames = fromJson<[SignInName["kind"], string][]>(row.sign_in_names);
  return {
    poolId,
    sub: row.sub,
    username: row.username,
    status: row.status,
    enabled: row.enabled === 1,
    attributes: fromJson(row.attributes),
    signInNames: signInNames.map(([kind, key]) => ({ kind, key })),
    get password() {
      return passwords().password;
    },
    get passwordHistory() {
      return passwords().passwordHistory;
    },
    ...optional("mfa", row.mfa === null ? null : fromJson<NonNullable<UserRecord["mfa"]>>(row.mfa)),
    ...optional(
      "failedSignIns",
      row.failed_sign_ins === null
        ? null
        : fromJson<NonNullable<UserRecord["failedSignIns"]>>(row.failed_sign_ins),
    ),
    ...optional("signedOutAt", row.signed_out_at),
    createdAt: row.created_at,
    lastModifiedAt: row.last_modified_at,
  };
}

function searchColumns(attributes: UserRecord["attributes"]): UserSearchColumns {
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

/** How a sign-in name is kept in `user_sign_in_names`. */
export function signInNameKey(name: SignInName): string {
  return exactKey(name.key);
}

/** A password in JSON: the verifier in base64. */
type StoredPassword = Omit<PasswordRecord, "verifier"> & { readonly verifier: string };

interface StoredPasswords {
  readonly password?: StoredPassword;
  readonly history?: readonly StoredPassword[];
}

export function passwordsContext(poolId: string, sub: string): string {
  return sealingContext("users", [poolId, sub], "sealed_passwords");
}

function sealPasswords(sealer: Sealer, user: UserRecord): Uint8Array | null {
  const { password, passwordHistory } = user;
  if (!password && !passwordHistory) return null;
  const stored: StoredPasswords = {
    ...(password && { password: toStoredPassword(password) }),
    ...(passwordHistory && { history: passwordHistory.map(toStoredPassword) }),
  };
  return sealJson(sealer, stored, passwordsContext(user.poolId, user.sub));
}

function openPasswords(sealer: Sealer, poolId: string, sub: string, sealed: Uint8Array): Passwords {
  const stored = openJson<StoredPasswords>(sealer, sealed, passwordsContext(poolId, sub));
  return {
    ...(stored.password && { password: toPassword(stored.password) }),
    ...(stored.history && { passwordHistory: stored.history.map(toPassword) }),
  };
}

function toStoredPassword(password: PasswordRecord): StoredPassword {
  return { ...password, verifier: Buffer.from(password.verifier).toString("base64") };
}

function toPassword(stored: StoredPassword): PasswordRecord {
  return { ...stored, verifier: Buffer.from(stored.verifier, "base64") };
}
