/** How users of a source become users of the pool: what names them, and which of their attributes the pool has. */
import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { RecordProblem, type SourceUser } from "./records.ts";

export const nameSources = ["username", "email", "phone", "id"] as const;
export type NameSource = (typeof nameSources)[number];

export interface Mapping {
  /** What of a user becomes the username; what the source and the pool suggest when undefined. */
  readonly usernameFrom: NameSource | undefined;
  /** The attribute that keeps the id of the source. */
  readonly idAttribute: string | undefined;
  /** Whether the id of the source becomes the `sub`. */
  readonly keepsIds?: boolean | undefined;
  readonly resetsUnusableHashes: boolean;
}

export interface MappedUser {
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sub?: string;
  readonly status?: "UNCONFIRMED" | "FORCE_CHANGE_PASSWORD";
  readonly enabled?: boolean;
  readonly passwordHash?: string;
  readonly mfaEnabled?: string;
  readonly createdAt?: number;
  readonly lastModifiedAt?: number;
}

export interface Mapper {
  /** @throws RecordProblem there is nothing to name the user by, or the hash cannot be used */
  map(user: SourceUser): MappedUser;
  /** How many users had each attribute that the pool does not have. */
  readonly leftOut: ReadonlyMap<string, number>;
}

export function createMapper(pool: UserPoolType, mapping: Mapping): Mapper {
  const names = new Set((pool.SchemaAttributes ?? []).flatMap(({ Name }) => Name ?? []));
  names.delete("sub");
  const leftOut = new Map<string, number>();
  return {
    leftOut,
    map(user) {
      const username = usernameOf(user, pool, mapping.usernameFrom);
      if (username === undefined)
        throw new RecordProblem("The user has nothing that the pool could name them by.");
      if (user.hashProblem !== undefined && !mapping.resetsUnusableHashes)
        throw new RecordProblem(user.hashProblem, username);
      const attributes: Record<string, string> = {};
      for (const [name, value] of Object.entries(user.attributes)) {
        if (!value) continue;
        const known = names.has(name) ? name : names.has(`custom:${name}`) ? `custom:${name}` : undefined;
        if (known === undefined) leftOut.set(name, (leftOut.get(name) ?? 0) + 1);
        else attributes[known] = value;
      }
      if (mapping.idAttribute !== undefined && user.id !== undefined)
        attributes[mapping.idAttribute] = user.id;
      const sub = mapping.keepsIds ? user.id : user.sub;
      if (mapping.keepsIds && sub === undefined)
        throw new RecordProblem("The user has no id that could be the sub.", username);
      return {
        username,
        attributes,
        ...(sub !== undefined && { sub }),
        ...(user.status !== undefined && { status: user.status }),
        ...(user.enabled === false && { enabled: false }),
        ...(user.passwordHash !== undefined && { passwordHash: user.passwordHash }),
        ...(user.mfaEnabled && { mfaEnabled: user.mfaEnabled }),
        ...(user.createdAt !== undefined && { createdAt: user.createdAt }),
        ...(user.lastModifiedAt !== undefined && { lastModifiedAt: user.lastModifiedAt }),
      };
    },
  };
}

const namedBy: Readonly<Record<NameSource, (user: SourceUser) => string | undefined>> = {
  username: ({ username }) => username,
  email: ({ attributes }) => attributes.email,
  phone: ({ attributes }) => attributes.phone_number,
  id: ({ id }) => id,
};

function usernameOf(
  user: SourceUser,
  { UsernameAttributes = [], AliasAttributes = [] }: UserPoolType,
  from: NameSource | undefined,
): string | undefined {
  if (from !== undefined) return namedBy[from](user) || undefined;
  const { email, phone_number: phone } = user.attributes;
  if (UsernameAttributes.length > 0) {
    return (
      (UsernameAttributes.includes("email") && email) ||
      (UsernameAttributes.includes("phone_number") && phone) ||
      user.username
    );
  }
  const name = user.username ?? email ?? phone ?? user.id;
  // Cognito refuses an address as the username where such addresses are aliases; the address signs in all the same.
  const isAlias =
    (name === email && AliasAttributes.includes("email")) ||
    (name === phone && AliasAttributes.includes("phone_number"));
  return (isAlias && user.id) || name;
}
