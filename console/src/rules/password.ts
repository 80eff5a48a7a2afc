/**
 * Cognito's password rules, for what a form says while somebody types.
 *
 * @see Developer Guide, "Adding user pool password requirements"
 */
import type { PasswordPolicyType } from "@aws-sdk/client-cognito-identity-provider";

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
}

/** What the console calls "Cognito defaults". */
export const defaultPolicy: PasswordPolicy = {
  minimumLength: 8,
  requireUppercase: true,
  requireLowercase: true,
  requireNumbers: true,
  requireSymbols: true,
};

/** The least and the most that a policy can ask for as a minimum length. */
export const MINIMUM_LENGTHS = { least: 6, most: 99 } as const;

const MAX_PASSWORD_LENGTH = 256;
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]/;

export type PasswordFault =
  | "tooShort"
  | "tooLong"
  | "uppercase"
  | "lowercase"
  | "number"
  | "symbol"
  | "space";

export function passwordPolicyOf(policy: PasswordPolicyType | undefined): PasswordPolicy {
  return {
    minimumLength: policy?.MinimumLength ?? defaultPolicy.minimumLength,
    requireUppercase: policy?.RequireUppercase ?? defaultPolicy.requireUppercase,
    requireLowercase: policy?.RequireLowercase ?? defaultPolicy.requireLowercase,
    requireNumbers: policy?.RequireNumbers ?? defaultPolicy.requireNumbers,
    requireSymbols: policy?.RequireSymbols ?? defaultPolicy.requireSymbols,
  };
}

/** Everything that `password` lacks; empty when the pool will take it. */
export function passwordFaults(password: string, policy: PasswordPolicy): PasswordFault[] {
  const faults: PasswordFault[] = [];
  if (password.length < policy.minimumLength) faults.push("tooShort");
  if (password.length > MAX_PASSWORD_LENGTH) faults.push("tooLong");
  if (/\s/.test(password)) faults.push("space");
  if (policy.requireUppercase && !/[A-Z]/.test(password)) faults.push("uppercase");
  if (policy.requireLowercase && !/[a-z]/.test(password)) faults.push("lowercase");
  if (policy.requireNumbers && !/\d/.test(password)) faults.push("number");
  if (policy.requireSymbols && !SYMBOL.test(password)) faults.push("symbol");
  return faults;
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
