/** The rules of passwords alone, without an import that runs: the console's forms use them as they are. */
import type { PasswordPolicyType } from "../../api-model/index.ts";

export type PasswordPolicy = {
  readonly [Name in keyof PasswordPolicyType]-?: NonNullable<PasswordPolicyType[Name]>;
};

/** Of pools without a policy of their own. */
export const DEFAULT_POLICY: PasswordPolicy = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  PasswordHistorySize: 0,
  TemporaryPasswordValidityDays: 7,
};

/**
 * The policy with its defaults. A kind of character that it omits is not required.
 *
 * @see API Reference, "PasswordPolicyType"
 */
export function completePolicy(given: PasswordPolicyType | undefined): PasswordPolicy {
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

export type PasswordRule =
  | "tooShort"
  | "uppercase"
  | "lowercase"
  | "number"
  | "symbol"
  | "outerSpace"
  | "tooLong";

/** A blank counts, too; at the ends it is refused, by the API model already except in responses to challenges. */
const SYMBOLS = new Set("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ");

/** As in the API model, which does not see the responses to a challenge. */
const MAXIMUM_LENGTH = 256;

interface Rule {
  readonly name: PasswordRule;
  readonly isBroken: (password: string, policy: PasswordPolicy) => boolean;
  readonly text: string;
}

/** In the order in which they are checked. Upper and lower case mean the Basic Latin letters alone. */
const PASSWORD_RULES: readonly Rule[] = [
  {
    name: "tooShort",
    isBroken: (password, { MinimumLength }) => password.length < MinimumLength,
    text: "Password not long enough",
  },
  {
    name: "uppercase",
    isBroken: (password, { RequireUppercase }) => RequireUppercase && !/[A-Z]/.test(password),
    text: "Password must have uppercase characters",
  },
  {
    name: "lowercase",
    isBroken: (password, { RequireLowercase }) => RequireLowercase && !/[a-z]/.test(password),
    text: "Password must have lowercase characters",
  },
  {
    name: "number",
    isBroken: (password, { RequireNumbers }) => RequireNumbers && !/[0-9]/.test(password),
    text: "Password must have numeric characters",
  },
  {
    name: "symbol",
    isBroken: (password, { RequireSymbols }) =>
      RequireSymbols && ![...password].some((character) => SYMBOLS.has(character)),
    text: "Password must have symbol characters",
  },
  {
    name: "outerSpace",
    isBroken: (password) => /^\s|\s$/.test(password),
    text: "Password must satisfy regular expression pattern: ^\\S.*\\S$",
  },
  {
    name: "tooLong",
    // The text is ours: Cognito's is not known.
    isBroken: (password) => password.length > MAXIMUM_LENGTH,
    text: `Password must have length less than or equal to ${MAXIMUM_LENGTH}`,
  },
];

/** Every rule that the password breaks, in the order in which they are checked. */
export function brokenRules(password: string, policy: PasswordPolicy): readonly Rule[] {
  return PASSWORD_RULES.filter(({ isBroken }) => isBroken(password, policy));
}
