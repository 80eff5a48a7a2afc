import { InvalidPasswordException, type PasswordPolicyType } from "../../api-model/index.ts";
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";

export type PasswordPolicy = {
  readonly [Name in keyof PasswordPolicyType]-?: NonNullable<PasswordPolicyType[Name]>;
};

/** Of pools without a policy of their own. */
const DEFAULT_POLICY: PasswordPolicy = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  PasswordHistorySize: 0,
  TemporaryPasswordValidityDays: 7,
};

/**
 * What the pool asks of passwords. A policy that leaves a kind of character out does not require it.
 *
 * @see API Reference, "PasswordPolicyType"
 */
export function passwordPolicyOf(pool: UserPoolRecord): PasswordPolicy {
  const given = pool.settings.Policies?.PasswordPolicy;
  if (given === undefined) return DEFAULT_POLICY;
  return {
    MinimumLength: given.MinimumLength ?? DEFAULT_POLICY.MinimumLength,
    RequireUppercase: given.RequireUppercase ?? false,
    RequireLowercase: given.RequireLowercase ?? false,
    RequireNumbers: given.RequireNumbers ?? false,
    RequireSymbols: given.RequireSymbols ?? false,
    PasswordHistorySize: given.PasswordHistorySize ?? DEFAULT_POLICY.PasswordHistorySize,
    // 0 counts as not set.
    TemporaryPasswordValidityDays:
      given.TemporaryPasswordValidityDays || DEFAULT_POLICY.TemporaryPasswordValidityDays,
  };
}

/** On what occasion a password is given; each has its own beginning of the message. */
export type PasswordOccasion = "signUp" | "adminCreateUser" | "other";

const PREFIXES: Readonly<Record<PasswordOccasion, string>> = {
  signUp: "Password did not conform with policy",
  adminCreateUser: "Password did not conform with password policy",
  other: "Password does not conform to policy",
};

/** A blank counts, too; at the ends it is refused. The API model keeps blanks out of all but NEW_PASSWORD_REQUIRED. */
const SYMBOLS = new Set("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ");

/** As in the API model, which does not see the responses to a challenge. */
const MAXIMUM_LENGTH = 256;

interface Rule {
  readonly isBroken: (password: string, policy: PasswordPolicy) => boolean;
  readonly text: string;
}

/** In the order in which they are checked. Upper and lower case mean the Basic Latin letters alone. */
const RULES: readonly Rule[] = [
  {
    isBroken: (password, { MinimumLength }) => password.length < MinimumLength,
    text: "Password not long enough",
  },
  {
    isBroken: (password, { RequireUppercase }) => RequireUppercase && !/[A-Z]/.test(password),
    text: "Password must have uppercase characters",
  },
  {
    isBroken: (password, { RequireLowercase }) => RequireLowercase && !/[a-z]/.test(password),
    text: "Password must have lowercase characters",
  },
  {
    isBroken: (password, { RequireNumbers }) => RequireNumbers && !/[0-9]/.test(password),
    text: "Password must have numeric characters",
  },
  {
    isBroken: (password, { RequireSymbols }) =>
      RequireSymbols && ![...password].some((character) => SYMBOLS.has(character)),
    text: "Password must have symbol characters",
  },
  {
    isBroken: (password) => /^\s|\s$/.test(password),
    text: "Password must satisfy regular expression pattern: ^\\S.*\\S$",
  },
  {
    // The text is ours: Cognito's is not known.
    isBroken: (password) => password.length > MAXIMUM_LENGTH,
    text: `Password must have length less than or equal to ${MAXIMUM_LENGTH}`,
  },
];

/**
 * Checks a password against the pool's policy.
 *
 * @throws InvalidPasswordException naming the first rule that it breaks
 * @see Developer Guide, "Adding user pool password requirements"
 */
export function checkPassword(pool: UserPoolRecord, password: string, occasion: PasswordOccasion): void {
  const policy = passwordPolicyOf(pool);
  const broken = RULES.find(({ isBroken }) => isBroken(password, policy));
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
