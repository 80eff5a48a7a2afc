import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";

export interface SignUpAttribute {
  readonly name: string;
  readonly isRequired: boolean;
}

/** The attributes of a sign-up form: those that the pool requires, and an address for the code. */
export function signUpAttributes(pool: UserPoolType): readonly SignUpAttribute[] {
  const required = (pool.SchemaAttributes ?? [])
    .filter(({ Name, Required }) => Required && Name !== "sub")
    .map(({ Name = "" }) => ({ name: Name, isRequired: true }));
  // In a pool without user names the address is the user name, and the server takes it from there.
  const asked = (pool.UsernameAttributes ?? []).length > 0 ? [] : (pool.AutoVerifiedAttributes ?? []);
  const optional = asked
    .filter((name) => !required.some((attribute) => attribute.name === name))
    .map((name) => ({ name, isRequired: false }));
  return [...required, ...optional].filter(
    ({ name }) => !pool.UsernameAttributes?.some((attribute) => attribute === name),
  );
}
