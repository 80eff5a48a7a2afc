/** A pool's password policy as a form has it. */
import type { PasswordPolicyType } from "@aws-sdk/client-cognito-identity-provider";
import { isWholeNumber } from "./names.ts";
import { defaultPolicy, MINIMUM_LENGTHS, type PasswordPolicy, passwordPolicyOf } from "./password.ts";

export interface PolicyValues {
  readonly mode: "defaults" | "custom";
  readonly policy: PasswordPolicy;
  readonly minimumLength: string;
  readonly validityDays: string;
  readonly historySize: string;
}

/** In days: how long a temporary password works. */
const VALIDITY_DAYS = { least: 1, most: 365, usual: 7 } as const;
const MAX_HISTORY_LENGTH = 24;

export function policyValuesOf(policy: PasswordPolicyType | undefined): PolicyValues {
  const current = passwordPolicyOf(policy);
  const isDefault = Object.entries(defaultPolicy).every(
    ([name, value]) => current[name as keyof PasswordPolicy] === value,
  );
  return {
    mode: isDefault ? "defaults" : "custom",
    policy: current,
    minimumLength: String(current.minimumLength),
    validityDays: String(policy?.TemporaryPasswordValidityDays || VALIDITY_DAYS.usual),
    historySize: String(policy?.PasswordHistorySize ?? 0),
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
      : { ...values.policy, minimumLength: Number(values.minimumLength) };
  return {
    MinimumLength: policy.minimumLength,
    RequireUppercase: policy.requireUppercase,
    RequireLowercase: policy.requireLowercase,
    RequireNumbers: policy.requireNumbers,
    RequireSymbols: policy.requireSymbols,
    TemporaryPasswordValidityDays: Number(values.validityDays),
    ...(Number(values.historySize) > 0 ? { PasswordHistorySize: Number(values.historySize) } : {}),
  };
}
