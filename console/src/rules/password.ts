/**
 * The server's own rules of passwords, for the hints of a form during typing.
 *
 * @see Developer Guide, "Adding user pool password requirements"
 */
import {
  brokenRules,
  completePolicy,
  DEFAULT_POLICY,
  type PasswordPolicy,
  type PasswordRule,
} from "../../../src/user-pools/passwords/rules.ts";

export type { PasswordPolicy };
export type PasswordFault = PasswordRule;

/** What the console calls "Cognito defaults". */
export const defaultPolicy = DEFAULT_POLICY;

/** The least and the most that a policy can ask for as a minimum length. */
export const MINIMUM_LENGTHS = { least: 6, most: 99 } as const;

export const passwordPolicyOf = completePolicy;

/** Everything that `password` lacks; empty when the pool will take it. */
export function passwordFaults(password: string, policy: PasswordPolicy): PasswordFault[] {
  return brokenRules(password, policy).map(({ name }) => name);
}

const KINDS_OF_CHARACTERS = [/[A-Z]/, /[a-z]/, /\d/, /[!@#$%^&*()_+\-=[\]{}|']/];

/**
 * Whether IAM takes `password` for signing in to the console: eight characters or more, of three kinds.
 *
 * @see IAM User Guide, "Set an account password policy for IAM users"
 */
export function isLoginPassword(password: string): boolean {
  const kinds = KINDS_OF_CHARACTERS.filter((kind) => kind.test(password));
  return password.length >= 8 && password.length <= 128 && kinds.length >= 3;
}
