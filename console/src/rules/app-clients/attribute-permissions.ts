import type { UserPoolClientType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";

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

export type PermissionsByName = Readonly<Record<string, AttributePermission>>;

export function permissionsByName(pool: UserPoolType, client: UserPoolClientType): PermissionsByName {
  return Object.fromEntries(permissionsOf(pool, client).map((permission) => [permission.name, permission]));
}

/** What UpdateUserPoolClient takes. */
export function permissionChanges(permissions: PermissionsByName) {
  const all = Object.values(permissions);
  return {
    ReadAttributes: all.filter(({ canRead }) => canRead).map(({ name }) => name),
    WriteAttributes: all.filter(({ canWrite }) => canWrite).map(({ name }) => name),
  };
}

function isListed(names: readonly string[] | undefined, name: string): boolean {
  return names === undefined || names.length === 0 || names.includes(name);
}
