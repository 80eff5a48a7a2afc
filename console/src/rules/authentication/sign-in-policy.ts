/** The first factors of choice-based sign-in and the settings of passkeys, as forms have them. */
import type {
  AuthFactorType,
  GetUserPoolMfaConfigCommandOutput,
  UserPoolType,
  WebAuthnConfigurationType,
} from "@aws-sdk/client-cognito-identity-provider";

/** The factors that a pool can offer beside the password, which it always offers. */
export const choosableFactors = [
  "EMAIL_OTP",
  "SMS_OTP",
  "WEB_AUTHN",
] as const satisfies readonly AuthFactorType[];

export function firstFactorsOf({ Policies }: UserPoolType): readonly AuthFactorType[] {
  return Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"];
}

/** All policies of the pool with other factors beside the password: UpdateUserPool takes them together. */
export function policiesWith({ Policies }: UserPoolType, factors: readonly AuthFactorType[]) {
  return {
    ...Policies,
    SignInPolicy: {
      ...Policies?.SignInPolicy,
      AllowedFirstAuthFactors: ["PASSWORD" as const, ...factors],
    },
  };
}

export const userVerifications = ["preferred", "required"] as const;
export const passkeyFactors = ["SINGLE_FACTOR", "MULTI_FACTOR_WITH_USER_VERIFICATION"] as const;

export interface PasskeyValues {
  readonly relyingPartyId: string;
  readonly userVerification: (typeof userVerifications)[number];
  /** Whether a passkey with user verification counts as both factors. */
  readonly factor: (typeof passkeyFactors)[number];
}

export function passkeyValuesOf({ WebAuthnConfiguration }: GetUserPoolMfaConfigCommandOutput): PasskeyValues {
  return {
    relyingPartyId: WebAuthnConfiguration?.RelyingPartyId ?? "",
    userVerification: WebAuthnConfiguration?.UserVerification ?? "preferred",
    factor: WebAuthnConfiguration?.FactorConfiguration ?? "SINGLE_FACTOR",
  };
}

/** An empty relying party id leaves the choice to the server, which takes the pool's domain. */
export function webAuthnConfiguration(
  { WebAuthnConfiguration }: GetUserPoolMfaConfigCommandOutput,
  { relyingPartyId, userVerification, factor }: PasskeyValues,
): WebAuthnConfigurationType {
  const wasSet = WebAuthnConfiguration?.FactorConfiguration !== undefined;
  return {
    UserVerification: userVerification,
    // A pool that never had the setting does not get it by saving another one.
    ...(wasSet || factor !== "SINGLE_FACTOR" ? { FactorConfiguration: factor } : {}),
    ...(relyingPartyId === "" ? {} : { RelyingPartyId: relyingPartyId }),
  };
}

/** @see API Reference, "WebAuthnConfigurationType", RelyingPartyId: a host name without scheme and port */
export const isRelyingPartyId = (text: string) =>
  /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(text) && text.length <= 127;
