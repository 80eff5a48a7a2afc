import {
  InvalidParameterException,
  ResourceNotFoundException,
  type ResourceServerScopeType,
  type ResourceServerType,
} from "../../api-model/index.ts";
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

/** The answer for a resource server that is not there; the text is ours. */
export function unknownResourceServer(identifier: string): ResourceNotFoundException {
  return new ResourceNotFoundException(`Resource server ${identifier} does not exist.`);
}

/** @throws InvalidParameterException two scopes have one name; the text is ours */
export function requireUniqueScopes(scopes: readonly ResourceServerScopeType[] = []): void {
  const names = scopes.map(({ ScopeName }) => ScopeName);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return;
  throw new InvalidParameterException(`The scope ${twice} is given more than once.`);
}
