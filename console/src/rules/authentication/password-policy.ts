/** A pool's password policy as a form has it. */
import type { PasswordPolicyType } from "@aws-sdk/client-cognito-identity-provider";
import { isWholeNumber } from "../names.ts";
import { defaultPolicy, MINIMUM_LENGTHS, type PasswordPolicy, passwordPolicyOf } from "./password.ts";

export interface PolicyValues {
  readonly mode: "defaults" | "custom";
  readonly policy: PasswordPolicy;
  readonly minimumLength: string;
  readonly validityDays: string;
  readonly historySize: string;
}

/** In days: how long a temporary password works. */
const VALIDITY_DAYS = { least: 1, most: 365 } as const;
const MAX_HISTORY_LENGTH = 24;

/** The members that "Cognito defaults" sets; the others are chosen beside it. */
const characterRules = [
  "MinimumLength",
  "RequireUppercase",
  "RequireLowercase",
  "RequireNumbers",
  "RequireSymbols",
] as const;

export function policyValuesOf(policy: PasswordPolicyType | undefined): PolicyValues {
  const current = passwordPolicyOf(policy);
  const isDefault = characterRules.every((name) => current[name] === defaultPolicy[name]);
  return {
    mode: isDefault ? "defaults" : "custom",
    policy: current,
    minimumLength: String(current.MinimumLength),
    validityDays: String(current.TemporaryPasswordValidityDays),
    historySize: String(current.PasswordHistorySize),
  };
}

export function policyFaults({ mode, minimumLength, validityDays, historySize }: PolicyValues) {
  return {
    minimumLength:
      mode === "custom" && !isWholeNumber(minimumLength, MINIMUM_LENGTHS.least, MINIMUM_LENGTHS.most),
    validityDays: !isWholeNumber(validityDays, VALIDITY_DAYS.least, VALIDITY_DAYS.most),
    historySize: !isWholeNumber(historySize, 0, MAX_HISTORY_LENGTH),
  };
}

export function policyParameters(values: PolicyValues): PasswordPolicyType {
  const policy =
    values.mode === "defaults"
      ? defaultPolicy
      : { ...values.policy, MinimumLength: Number(values.minimumLength) };
  return {
    MinimumLength: policy.MinimumLength,
    RequireUppercase: policy.RequireUppercase,
    RequireLowercase: policy.RequireLowercase,
    RequireNumbers: policy.RequireNumbers,
    RequireSymbols: policy.RequireSymbols,
    TemporaryPasswordValidityDays: Number(values.validityDays),
    ...(Number(values.historySize) > 0 ? { PasswordHistorySize: Number(values.historySize) } : {}),
  };
}
