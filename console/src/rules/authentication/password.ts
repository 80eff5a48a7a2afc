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
} from "../../../../src/user-pools/passwords/rules.ts";

export type { PasswordPolicy };
export type PasswordFault = PasswordRule;

/** The policy that the console calls "Cognito defaults". */
export const defaultPolicy = DEFAULT_POLICY;

/** The least and the most that a policy can ask for as a minimum length. */
export const MINIMUM_LENGTHS = { least: 6, most: 99 } as const;

export const passwordPolicyOf = completePolicy;

/** Everything that `password` lacks; empty when the pool will take it. */
export function passwordFaults(password: string, policy: PasswordPolicy): PasswordFault[] {
  return brokenRules(password, policy).map(({ name }) => name);
}

/** Without characters that look alike, or that have a meaning in a shell or in HTML. */
const GENERATED_FROM = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "^*.-_@#%:+=?!"];
const GENERATED_LENGTH = 12;

/** A random password that meets any policy: at least one character of each kind. */
export function generatePassword({ MinimumLength }: PasswordPolicy): string {
  const characters = GENERATED_FROM.join("");
  // Bytes beyond the last whole multiple are dropped, so that every character is equally likely.
  const limit = 256 - (256 % characters.length);
  for (;;) {
    const bytes = crypto.getRandomValues(new Uint8Array(4 * Math.max(GENERATED_LENGTH, MinimumLength)));
    const password = [...bytes]
      .filter((byte) => byte < limit)
      .slice(0, Math.max(GENERATED_LENGTH, MinimumLength))
      .map((byte) => characters[byte % characters.length])
      .join("");
    if (GENERATED_FROM.every((kind) => [...password].some((character) => kind.includes(character))))
      return password;
  }
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
