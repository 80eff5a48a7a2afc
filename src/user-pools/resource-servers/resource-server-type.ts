import type { ResourceServerScopeType, ResourceServerType } from "../../api-model/index.ts";
import type { ResourceServerRecord } from "../../storage/index.ts";

/** A resource server as the API shows it. */
export function resourceServerType({
  poolId,
  identifier,
  name,
  scopes,
}: ResourceServerRecord): ResourceServerType {
  return {
    UserPoolId: poolId,
    Identifier: identifier,
    Name: name,
    Scopes: scopes.map((scope) => ({ ScopeName: scope.name, ScopeDescription: scope.description })),
  };
}

export function scopesOf(
  scopes: readonly ResourceServerScopeType[] | undefined,
): ResourceServerRecord["scopes"] {
  return (scopes ?? []).map(({ ScopeName, ScopeDescription }) => ({
    name: ScopeName,
    description: ScopeDescription,
  }));
}
