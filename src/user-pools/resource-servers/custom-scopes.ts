import type { Repositories, ResourceServerRecord } from "../../storage/index.ts";

/** The scopes of OpenID Connect. */
export const OPENID_SCOPES: readonly string[] = ["openid", "email", "phone", "profile"];

/** Scopes that every pool has, beside the custom ones of its resource servers. */
export const STANDARD_SCOPES: ReadonlySet<string> = new Set([
  ...OPENID_SCOPES,
  "aws.cognito.signin.user.admin",
]);

/** A token with this scope lets its bearer register clients: Developer Guide, "Dynamic client registration". */
export const REGISTRATION_SCOPE = "aws.cognito/dcr/register";

/**
 * Which of the scopes a resource server of the pool has. A scope is written `identifier/name`; the identifier can hold
 * slashes, the name cannot.
 *
 * @see Developer Guide, "Scopes, M2M, and resource servers"
 */
export async function existingCustomScopes(
  { resourceServers }: Pick<Repositories, "resourceServers">,
  poolId: string,
  scopes: readonly string[],
): Promise<ReadonlySet<string>> {
  const servers = new Map<string, ResourceServerRecord | undefined>();
  const existing = new Set<string>();
  // One after the other: the repositories may be those of a transaction.
  for (const scope of scopes) {
    const slash = scope.lastIndexOf("/");
    if (slash === -1) continue;
    const identifier = scope.slice(0, slash);
    if (!servers.has(identifier)) servers.set(identifier, await resourceServers.get(poolId, identifier));
    const server = servers.get(identifier);
    if (server?.scopes.some(({ name }) => name === scope.slice(slash + 1))) existing.add(scope);
  }
  return existing;
}
