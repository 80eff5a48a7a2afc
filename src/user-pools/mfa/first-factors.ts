import type { AuthFactorType } from "../../api-model/index.ts";
import type { MfaFactor, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { usableFactors } from "./choice.ts";

/** What a choice-based sign-in can begin with. */
export type FirstFactor = Exclude<AuthFactorType, "SOFTWARE_TOKEN">;

/**
 * What a user can begin a choice-based sign-in with: the factors that the pool allows and the user has.
 *
 * @see Developer Guide, "Authentication with Amazon Cognito user pools", section "Choice-based authentication"
 */
export function firstFactors(pool: UserPoolRecord, user: UserRecord): readonly FirstFactor[] {
  const allowed = pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"];
  const { attributes, password, status } = user;
  const isReachable = (attribute: "email" | "phone_number") =>
    status === "CONFIRMED" &&
    attributes[`${attribute}_verified`] === "true" &&
    Boolean(attributes[attribute]);
  const has: Record<FirstFactor, boolean> = {
    PASSWORD: password !== undefined,
    EMAIL_OTP: isReachable("email"),
    SMS_OTP: isReachable("phone_number") && pool.settings.SmsConfiguration !== undefined,
    WEB_AUTHN: false,
  };
  return (Object.keys(has) as FirstFactor[]).filter((factor) => allowed.includes(factor) && has[factor]);
}

const AUTH_FACTOR_OF: Readonly<Record<MfaFactor, AuthFactorType>> = {
  SMS_MFA: "SMS_OTP",
  SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN",
  EMAIL_OTP: "EMAIL_OTP",
};

/** Every factor that a user has configured, for the first or the second step of a sign-in. */
export function configuredFactors(pool: UserPoolRecord, user: UserRecord): readonly AuthFactorType[] {
  const second = usableFactors(pool, user).map((factor) => AUTH_FACTOR_OF[factor]);
  return [...new Set([...firstFactors(pool, user), ...second])];
}
