import {
  InvalidParameterException,
  ResourceNotFoundException,
  type ResourceServerScopeType,
} from "../../api-model/index.ts";

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
