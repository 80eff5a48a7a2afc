import type { UserPoolClientType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { mergeChanges } from "../differing.ts";

export interface AttributePermission {
  readonly name: string;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  /** A token of a client never writes it. */
  readonly isNeverWritten: boolean;
  /** A client that writes at all has to write it. */
  readonly isRequired: boolean;
}

/** The attributes that a client's tokens may read and write; a client that lists nothing has the pool's standard. */
export function permissionsOf(pool: UserPoolType, client: UserPoolClientType): AttributePermission[] {
  const { ReadAttributes, WriteAttributes } = client;
  return (pool.SchemaAttributes ?? [])
    .filter(
      ({ Name, DeveloperOnlyAttribute }) =>
        Name !== "sub" && Name !== "identities" && !DeveloperOnlyAttribute,
    )
    .map(({ Name: name = "", Required }) => {
      const isNeverWritten = name === "email_verified" || name === "phone_number_verified";
      return {
        name,
        canRead: isListed(ReadAttributes, name),
        canWrite: !isNeverWritten && isListed(WriteAttributes, name),
        isNeverWritten,
        isRequired: Required ?? false,
      };
    });
}

/**
 * What UpdateUserPoolClient takes.
 *
 * @param before the permissions that a form began with
 * @param now those when it is saved
 */
export function permissionChanges(
  permissions: readonly AttributePermission[],
  before: readonly AttributePermission[],
  now: readonly AttributePermission[],
) {
  const byName = (all: readonly AttributePermission[]) =>
    Object.fromEntries(all.map((permission) => [permission.name, permission]));
  const merged = Object.values(
    mergeChanges(byName(permissions), { before: byName(before), now: byName(now) }),
  );
  return {
    ReadAttributes: merged.filter(({ canRead }) => canRead).map(({ name }) => name),
    WriteAttributes: merged.filter(({ canWrite }) => canWrite).map(({ name }) => name),
  };
}

function isListed(names: readonly string[] | undefined, name: string): boolean {
  return names === undefined || names.length === 0 || names.includes(name);
}
