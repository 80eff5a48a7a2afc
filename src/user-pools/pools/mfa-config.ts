/**
 * The factors of a pool's MFA, and its passkeys.
 *
 * @see API Reference, "SetUserPoolMfaConfig"; Developer Guide, "Adding MFA to a user pool"
 */
import {
  type GetUserPoolMfaConfigResponse,
  InvalidParameterException,
  type SetUserPoolMfaConfigRequest,
} from "../../api-model/index.ts";
import type { UserPoolSettings } from "../../storage/index.ts";
import { omitUndefined } from "./omitted.ts";

type MfaConfig = Omit<SetUserPoolMfaConfigRequest, "UserPoolId">;

/**
 * A pool's MFA as GetUserPoolMfaConfig shows it; what is not set is not there. SMS is there whenever the pool can send it,
 * since its configuration serves more than MFA.
 */
export function mfaConfigType({
  MfaConfiguration = "OFF",
  SmsAuthenticationMessage,
  SmsConfiguration,
  SoftwareTokenMfaConfiguration,
  EmailMfaConfiguration,
  WebAuthnConfiguration,
}: UserPoolSettings): GetUserPoolMfaConfigResponse {
  return omitUndefined({
    SmsMfaConfiguration: SmsConfiguration && omitUndefined({ SmsAuthenticationMessage, SmsConfiguration }),
    SoftwareTokenMfaConfiguration,
    EmailMfaConfiguration,
    MfaConfiguration,
    WebAuthnConfiguration,
  });
}

/**
 * The settings of a pool after SetUserPoolMfaConfig. A request that says whether MFA is on names all of its factors; one
 * that does not leaves as they are those that it does not name. Passkeys are apart from both.
 *
 * @throws InvalidParameterException MFA is off and has factors, or is on and has none
 */
export function withMfaConfig(current: UserPoolSettings, input: MfaConfig): UserPoolSettings {
  const mode = input.MfaConfiguration ?? current.MfaConfiguration ?? "OFF";
  const before = input.MfaConfiguration === undefined ? current : {};
  const { SmsMfaConfiguration: sms } = input;
  const token = input.SoftwareTokenMfaConfiguration ?? before.SoftwareTokenMfaConfiguration;
  const email = input.EmailMfaConfiguration ?? before.EmailMfaConfiguration;

  if (mode === "OFF") {
    if ((input.MfaConfiguration === "OFF" && sms) || token || email) {
      // Observed by others on a real pool: go-to-k/cdkd#1923, August 2026.
      throw new InvalidParameterException(
        "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
      );
    }
  } else {
    requireFactor({ sms: sms ?? before.SmsConfiguration, token, email });
    if (!sms && !before.SmsConfiguration && current.SmsConfiguration) {
      // Observed by others on a real pool: aws-amplify/amplify-backend#1523.
      throw new InvalidParameterException(
        "Can't turn off SMS_MFA when SMS configuration is set for the user pool",
      );
    }
  }
  const SmsConfiguration = sms?.SmsConfiguration ?? current.SmsConfiguration;
  if (sms && !SmsConfiguration) {
    // The text is ours.
    throw new InvalidParameterException("SmsConfiguration is required when SMS MFA is configured.");
  }
  const { SoftwareTokenMfaConfiguration: _token, EmailMfaConfiguration: _email, ...others } = current;
  return omitUndefined({
    ...others,
    MfaConfiguration: mode,
    SmsConfiguration,
    SmsAuthenticationMessage: sms ? sms.SmsAuthenticationMessage : current.SmsAuthenticationMessage,
    SoftwareTokenMfaConfiguration: token,
    EmailMfaConfiguration: email,
    WebAuthnConfiguration: input.WebAuthnConfiguration ?? current.WebAuthnConfiguration,
  });
}

/** Both texts were observed by others on real pools: go-to-k/cdkd#1920, August 2026, and aws/aws-sdk-js#4186. */
function requireFactor({
  sms,
  token,
  email,
}: {
  sms: object | undefined;
  token: MfaConfig["SoftwareTokenMfaConfiguration"];
  email: object | undefined;
}): void {
  if (sms || token?.Enabled || email) return;
  throw new InvalidParameterException(
    token === undefined
      ? "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled."
      : "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.",
  );
}
