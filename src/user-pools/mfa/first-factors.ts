import type { AuthFactorType } from "../../api-model/index.ts";
import type { MfaFactor, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { usableFactors } from "./choice.ts";

/** The factors that a choice-based sign-in can begin with. */
export type FirstFactor = Exclude<AuthFactorType, "SOFTWARE_TOKEN">;

/** The first factors that a pool allows. */
export function allowedFirstFactors({ settings }: UserPoolRecord): readonly FirstFactor[] {
  const allowed = settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"];
  return allowed.filter((factor) => factor !== "SOFTWARE_TOKEN");
}

/**
 * The challenges that a user can begin a choice-based sign-in with: the factors that the pool allows and the user has.
 *
 * @param hasPasskey whether the user has registered one
 * @see Developer Guide, "Authentication with Amazon Cognito user pools", section "Choice-based authentication"
 */
export function firstFactors(
  pool: UserPoolRecord,
  { attributes, password, status }: UserRecord,
  hasPasskey: boolean,
): readonly FirstFactor[] {
  const isReachable = (attribute: "email" | "phone_number") =>
    status === "CONFIRMED" &&
    attributes[`${attribute}_verified`] === "true" &&
    Boolean(attributes[attribute]);
  const has: Record<FirstFactor, boolean> = {
    PASSWORD: password !== undefined,
    EMAIL_OTP: isReachable("email"),
    SMS_OTP: isReachable("phone_number") && pool.settings.SmsConfiguration !== undefined,
    WEB_AUTHN: hasPasskey,
  };
  return allowedFirstFactors(pool).filter((factor) => has[factor]);
}

/**
 * Whether a passkey that verifies its user can count as both factors. It is then still a first factor.
 *
 * @see API Reference, "WebAuthnConfigurationType", FactorConfiguration
 */
export function passkeysAreBothFactors({ settings }: UserPoolRecord): boolean {
  return settings.WebAuthnConfiguration?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION";
}

/**
 * Whether a passkey of the user counts as both factors: the pool allows it, and it is activated for the user.
 *
 * @see API Reference, "WebAuthnMfaSettingsType"
 */
export function hasPasskeyMfa(pool: UserPoolRecord, { mfa }: UserRecord): boolean {
  return passkeysAreBothFactors(pool) && mfa?.passkeys === true;
}

/** Whether what a user has proved in a sign-in is a passkey that counts as both factors. */
export function hasProvedBothFactors(
  pool: UserPoolRecord,
  user: UserRecord,
  proved: readonly string[],
): boolean {
  return hasPasskeyMfa(pool, user) && (proved.includes("passkey") || proved.includes("security key"));
}

/** Whether a user must prove a second factor, so that a first factor is a password or counts as both. */
export function needsPasswordFirst(pool: UserPoolRecord, user: UserRecord): boolean {
  switch (pool.settings.MfaConfiguration) {
    case "ON":
      return true;
    case "OPTIONAL":
      return usableFactors(pool, user).length > 0;
    default:
      return false;
  }
}

const AUTH_FACTOR_OF: Readonly<Record<MfaFactor, AuthFactorType>> = {
  SMS_MFA: "SMS_OTP",
  SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN",
  EMAIL_OTP: "EMAIL_OTP",
};

/** Every factor that a user has configured, for the first or the second step of a sign-in. */
export function configuredFactors(
  pool: UserPoolRecord,
  user: UserRecord,
  hasPasskey: boolean,
): readonly AuthFactorType[] {
  const second = usableFactors(pool, user).map((factor) => AUTH_FACTOR_OF[factor]);
  return [...new Set([...firstFactors(pool, user, hasPasskey), ...second])];
}
