import { type ChallengeNameType, InvalidUserPoolConfigurationException } from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import type { Challenge } from "./challenge.ts";
import { password, passwordSrp, selectChallenge } from "./challenges/choice.ts";
import { emailOtp, smsMfa, smsOtp } from "./challenges/code.ts";
import { customChallenge } from "./challenges/custom-challenge.ts";
import { devicePasswordVerifier, deviceSrpAuth } from "./challenges/device-srp.ts";
import { mfaSetup } from "./challenges/mfa-setup.ts";
import { newPasswordRequired } from "./challenges/new-password-required.ts";
import { passwordVerifier } from "./challenges/password-verifier.ts";
import { selectMfaType } from "./challenges/select-mfa-type.ts";
import { softwareTokenMfa } from "./challenges/software-token-mfa.ts";
import { webAuthn } from "./challenges/web-authn.ts";

/** Every challenge that is built, by its name on the wire. */
export const challenges: { readonly [Name in ChallengeNameType]?: Challenge } = {
  DEVICE_PASSWORD_VERIFIER: devicePasswordVerifier,
  DEVICE_SRP_AUTH: deviceSrpAuth,
  CUSTOM_CHALLENGE: customChallenge,
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

/**
 * @throws InvalidUserPoolConfigurationException the challenge is not built yet: signing in without it would be worse than
 *   not signing in
 */
export function requireBuilt(name: ChallengeNameType, pool: UserPoolRecord): Challenge {
  const challenge = challenges[name];
  if (challenge !== undefined) return challenge;
  throw new InvalidUserPoolConfigurationException(
    `User pool ${pool.id} demands the challenge ${name}, which this server cannot put yet.`,
  );
}
