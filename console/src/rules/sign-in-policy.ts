/** Which first factors choice-based sign-in offers, and what passkeys are for, as forms have them. */
import type {
  AuthFactorType,
  GetUserPoolMfaConfigCommandOutput,
  UserPoolType,
  WebAuthnConfigurationType,
} from "@aws-sdk/client-cognito-identity-provider";

/** What a pool can offer beside the password, which it always offers. */
export const choosableFactors = [
  "EMAIL_OTP",
  "SMS_OTP",
  "WEB_AUTHN",
] as const satisfies readonly AuthFactorType[];

export function firstFactorsOf({ Policies }: UserPoolType): readonly AuthFactorType[] {
  return Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"];
}

/** All policies of the pool with other first factors: UpdateUserPool takes them together. */
export function policiesWith({ Policies }: UserPoolType, factors: readonly AuthFactorType[]) {
  return {
    ...Policies,
    SignInPolicy: {
      ...Policies?.SignInPolicy,
      AllowedFirstAuthFactors: ["PASSWORD" as const, ...factors.filter((factor) => factor !== "PASSWORD")],
    },
  };
}

export interface PasskeyValues {
  readonly relyingPartyId: string;
  readonly userVerification: "required" | "preferred";
}

export function passkeyValuesOf({ WebAuthnConfiguration }: GetUserPoolMfaConfigCommandOutput): PasskeyValues {
  return {
    relyingPartyId: WebAuthnConfiguration?.RelyingPartyId ?? "",
    userVerification: WebAuthnConfiguration?.UserVerification ?? "preferred",
  };
}

/** An empty relying party id leaves the choice to the server, which takes the pool's domain. */
export function webAuthnConfiguration(
  { WebAuthnConfiguration }: GetUserPoolMfaConfigCommandOutput,
  { relyingPartyId, userVerification }: PasskeyValues,
): WebAuthnConfigurationType {
  const { RelyingPartyId: _before, ...others } = WebAuthnConfiguration ?? {};
  return {
    ...others,
    UserVerification: userVerification,
    ...(relyingPartyId === "" ? {} : { RelyingPartyId: relyingPartyId }),
  };
}

/** @see API Reference, "WebAuthnConfigurationType", RelyingPartyId: a host name without scheme and port */
export const isRelyingPartyId = (text: string) =>
  /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(text) && text.length <= 127;
