import type { ChallengeNameType } from "../../../api-model/index.ts";
import type { Challenge, ChallengeName } from "../challenge.ts";
import { customChallenge } from "./custom-challenge.ts";
import { devicePasswordVerifier } from "./device-password-verifier.ts";
import { deviceSrpAuth } from "./device-srp-auth.ts";
import { emailOtp } from "./email-otp.ts";
import { mfaSetup } from "./mfa-setup.ts";
import { newPasswordRequired } from "./new-password-required.ts";
import { password } from "./password.ts";
import { passwordSrp } from "./password-srp.ts";
import { passwordVerifier } from "./password-verifier.ts";
import { selectChallenge } from "./select-challenge.ts";
import { selectMfaType } from "./select-mfa-type.ts";
import { smsMfa } from "./sms-mfa.ts";
import { smsOtp } from "./sms-otp.ts";
import { softwareTokenMfa } from "./software-token-mfa.ts";
import { webAuthn } from "./web-authn.ts";

/** Every challenge, by its name on the wire, after which its file is named. */
export const challenges: { readonly [Name in ChallengeName]: Challenge } = {
  CUSTOM_CHALLENGE: customChallenge,
  DEVICE_PASSWORD_VERIFIER: devicePasswordVerifier,
  DEVICE_SRP_AUTH: deviceSrpAuth,
  EMAIL_OTP: emailOtp,
  MFA_SETUP: mfaSetup,
  NEW_PASSWORD_REQUIRED: newPasswordRequired,
  PASSWORD: password,
  PASSWORD_SRP: passwordSrp,
  PASSWORD_VERIFIER: passwordVerifier,
  SELECT_CHALLENGE: selectChallenge,
  SELECT_MFA_TYPE: selectMfaType,
  SMS_MFA: smsMfa,
  SMS_OTP: smsOtp,
  SOFTWARE_TOKEN_MFA: softwareTokenMfa,
  WEB_AUTHN: webAuthn,
};

/** @returns undefined for ADMIN_NO_SRP_AUTH */
export function challengeNamed(name: ChallengeNameType): Challenge | undefined {
  return name === "ADMIN_NO_SRP_AUTH" ? undefined : challenges[name];
}
