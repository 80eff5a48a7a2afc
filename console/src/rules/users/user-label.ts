import type { AttributeType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";

interface User {
  readonly Username?: string | undefined;
  /** As lists have them. */
  readonly Attributes?: readonly AttributeType[] | undefined;
  /** As AdminGetUser has them. */
  readonly UserAttributes?: readonly AttributeType[] | undefined;
}

/**
 * The name that people know a user by: the user name, or the address in a pool that generates user names as UUIDs.
 */
export function userLabel(pool: UserPoolType | undefined, user: User): string {
  const attributes = user.UserAttributes ?? user.Attributes ?? [];
  const addresses = ["email", "phone_number"].filter((name) =>
    pool?.UsernameAttributes?.some((attribute) => attribute === name),
  );
  for (const name of addresses) {
    const value = attributes.find((attribute) => attribute.Name === name)?.Value;
    if (value) return value;
  }
  return user.Username ?? "";
}
