/** The names that users of a pool sign in with, fixed at the pool's creation. */
import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";

export interface SignInOptions {
  /** Whether users choose a username. Otherwise the e-mail address or phone number is the name. */
  readonly hasUsername: boolean;
  readonly email: boolean;
  readonly phoneNumber: boolean;
  readonly preferredUsername: boolean;
}

export function signInOptionsOf(pool: UserPoolType): SignInOptions {
  const aliases = pool.AliasAttributes ?? [];
  const usernames = pool.UsernameAttributes ?? [];
  const all = [...aliases, ...usernames];
  return {
    hasUsername: usernames.length === 0,
    email: all.includes("email"),
    phoneNumber: all.includes("phone_number"),
    preferredUsername: aliases.includes("preferred_username"),
  };
}

/** The same as CreateUserPool takes it. */
export function signInParametersOf({ hasUsername, email, phoneNumber, preferredUsername }: SignInOptions) {
  const contacts = [
    ...(email ? (["email"] as const) : []),
    ...(phoneNumber ? (["phone_number"] as const) : []),
  ];
  if (!hasUsername) return { UsernameAttributes: contacts };
  const aliases = [...contacts, ...(preferredUsername ? (["preferred_username"] as const) : [])];
  return aliases.length === 0 ? {} : { AliasAttributes: aliases };
}
