import { InvalidParameterException, InvalidPasswordException } from "../../api-model/index.ts";
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { brokenRules, completePolicy, type PasswordPolicy } from "./rules.ts";

/** The pool's rules for passwords. */
export function passwordPolicyOf(pool: UserPoolRecord): PasswordPolicy {
  return completePolicy(pool.settings.Policies?.PasswordPolicy);
}

/** On what occasion a password is given; each has its own beginning of the message. */
type PasswordOccasion = "signUp" | "adminCreateUser" | "other";

const PREFIXES: Readonly<Record<PasswordOccasion, string>> = {
  signUp: "Password did not conform with policy",
  adminCreateUser: "Password did not conform with password policy",
  other: "Password does not conform to policy",
};

/**
 * Checks a password against the pool's policy.
 *
 * @throws InvalidPasswordException naming the first rule that it breaks
 * @see Developer Guide, "Adding user pool password requirements"
 */
export function checkPassword(pool: UserPoolRecord, password: string, occasion: PasswordOccasion): void {
  const [broken] = brokenRules(password, passwordPolicyOf(pool));
  if (broken) throw new InvalidPasswordException(`${PREFIXES[occasion]}: ${broken.text}`);
}

/**
 * Whether users can do without a password: where they can sign in by a code that is sent to them.
 *
 * @see API Reference, "AdminCreateUser", TemporaryPassword
 */
export function allowsPasswordless(pool: UserPoolRecord): boolean {
  const factors = pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  return factors.includes("EMAIL_OTP") || factors.includes("SMS_OTP");
}

/**
 * Refuses a new user whom neither a password nor a code could sign in. The text is ours.
 *
 * @throws InvalidParameterException
 * @see API Reference, "AdminCreateUser", UserAttributes
 */
export function requirePasswordOrAddress(
  password: string | undefined,
  attributes: Readonly<Record<string, string>>,
): void {
  if (password !== undefined || attributes.email || attributes.phone_number) return;
  throw new InvalidParameterException("A user without a password needs an email or a phone number.");
}

/**
 * The refusal of a blank password where users have one, in the words of the model's check of other passwords.
 *
 * @param member as the message prints it
 */
export function blankPassword(member: "password" | "temporaryPassword"): InvalidParameterException {
  return new InvalidParameterException(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$`,
  );
}

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Whether the user's password is a temporary one that was not replaced in time.
 *
 * @param now milliseconds
 * @see API Reference, "PasswordPolicyType", TemporaryPasswordValidityDays
 */
export function isTemporaryPasswordExpired(pool: UserPoolRecord, user: UserRecord, now: number): boolean {
  if (!user.password?.temporary) return false;
  const validity = passwordPolicyOf(pool).TemporaryPasswordValidityDays * DAY_MILLISECONDS;
  return now >= user.password.setAt + validity;
}
