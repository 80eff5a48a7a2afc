/**
 * The names that find a user: the username, and the aliases that the pool allows.
 *
 * @see Developer Guide, "Customizing sign-in attributes"
 */
import type { SignInName, SignInNameKind, UserPoolRecord, UserRecord } from "../../storage/index.ts";

/**
 * A name as it is compared and looked up: in lower case where the pool ignores case.
 *
 * @see API Reference, "UsernameConfigurationType": absent means that case counts
 */
export function normalizeUsername(pool: UserPoolRecord, name: string): string {
  return pool.settings.UsernameConfiguration?.CaseSensitive === false ? name.toLowerCase() : name;
}

/**
 * All names that find the user. Addresses that are usernames are included verified or not. Addresses that are aliases
 * are included while they are verified, and a preferred username as soon as it is set.
 *
 * @param username as stored
 * @param attributes by full name
 */
export function signInNamesOf(
  pool: UserPoolRecord,
  username: string,
  attributes: Readonly<Record<string, string>>,
): SignInName[] {
  const { UsernameAttributes = [], AliasAttributes = [] } = pool.settings;
  const isActiveAlias = (alias: (typeof AliasAttributes)[number]) =>
    alias === "preferred_username" || attributes[`${alias}_verified`] === "true";
  const kinds = [...UsernameAttributes, ...AliasAttributes.filter(isActiveAlias)];

  const nameOf = (kind: SignInNameKind, name: string): SignInName => ({
    kind,
    key: normalizeUsername(pool, name),
  });
  const stored = nameOf("username", username);
  // Their addresses are not sign-in names, so that a local user can have the same.
  if (isFederatedProfile({ attributes })) return [stored];
  return [stored, ...kinds.flatMap((kind) => (attributes[kind] ? [nameOf(kind, attributes[kind])] : []))];
}

/** Whether the user came from an external provider. Quotes inside of a value are escaped, so no value reads like this. */
export function isFederatedProfile({ attributes: { identities } }: Pick<UserRecord, "attributes">): boolean {
  return identities?.includes('"primary":true') ?? false;
}
