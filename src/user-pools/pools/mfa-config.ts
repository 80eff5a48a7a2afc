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
import { smsConfigurationOf } from "./settings.ts";

type MfaConfig = Omit<SetUserPoolMfaConfigRequest, "UserPoolId">;

/**
 * A pool's MFA as GetUserPoolMfaConfig shows it; without unset members. SMS is included whenever the pool can send it,
 * since its configuration serves more than MFA, unless SetUserPoolMfaConfig chose other factors.
 */
export function mfaConfigType(settings: UserPoolSettings): GetUserPoolMfaConfigResponse {
  const {
    MfaConfiguration = "OFF",
    SmsAuthenticationMessage,
    SmsConfiguration,
    SoftwareTokenMfaConfiguration,
    EmailMfaConfiguration,
    WebAuthnConfiguration,
  } = settings;
  return omitUndefined({
    SmsMfaConfiguration: hasSmsMfa(settings)
      ? omitUndefined({ SmsAuthenticationMessage, SmsConfiguration })
      : undefined,
    SoftwareTokenMfaConfiguration,
    EmailMfaConfiguration,
    MfaConfiguration,
    WebAuthnConfiguration,
  });
}

/** Whether codes by SMS are a factor of the pool's MFA, where MFA is on at all. */
export function hasSmsMfa({ SmsConfiguration, SmsMfaEnabled }: UserPoolSettings): boolean {
  return SmsConfiguration !== undefined && SmsMfaEnabled !== false;
}

/**
 * The settings of a pool after SetUserPoolMfaConfig. A request names all factors, and without `MfaConfiguration` it turns MFA
 * off: measured by others (go-to-k/cdkd, August 2026). Passkeys stay as they are unless it names them.
 *
 * @param region of the pool, from which it sends SMS unless it says otherwise
 * @throws InvalidParameterException MFA is off and has factors, or is on and has none
 */
export function withMfaConfig(current: UserPoolSettings, input: MfaConfig, region: string): UserPoolSettings {
  const mode = input.MfaConfiguration ?? "OFF";
  const {
    SmsMfaConfiguration: sms,
    SoftwareTokenMfaConfiguration: token,
    EmailMfaConfiguration: email,
  } = input;

  if (mode === "OFF") {
    if (sms || token || email) {
      // Observed by others on a real pool: go-to-k/cdkd#1923, August 2026.
      throw new InvalidParameterException(
        "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
      );
    }
  } else {
    requireFactor(input);
    if (!sms && current.SmsConfiguration && current.AutoVerifiedAttributes?.includes("phone_number")) {
      // Observed by others on a real pool: aws-amplify/amplify-backend#1523. Pools that do not verify phone numbers by
      // themselves accept it.
      throw new InvalidParameterException(
        "Can't turn off SMS_MFA when SMS configuration is set for the user pool",
      );
    }
  }
  const SmsConfiguration = smsConfigurationOf(sms?.SmsConfiguration, region) ?? current.SmsConfiguration;
  if (sms && !SmsConfiguration) {
    // The text is ours.
    throw new InvalidParameterException("SmsConfiguration is required when SMS MFA is configured.");
  }
  return omitUndefined({
    ...current,
    MfaConfiguration: mode,
    SmsConfiguration,
    SmsAuthenticationMessage: sms ? sms.SmsAuthenticationMessage : current.SmsAuthenticationMessage,
    SoftwareTokenMfaConfiguration: token,
    EmailMfaConfiguration: email,
    SmsMfaEnabled: mode !== "OFF" && !sms && SmsConfiguration ? false : undefined,
    WebAuthnConfiguration: input.WebAuthnConfiguration ?? current.WebAuthnConfiguration,
  });
}

/**
 * A passkey alone is no factor of MFA, and has a text of its own. Both were observed by others on real pools: go-to-k/cdkd#1920,
 * August 2026, and anomalyco/sst#5177.
 */
function requireFactor({
  SmsMfaConfiguration: sms,
  SoftwareTokenMfaConfiguration: token,
  EmailMfaConfiguration: email,
  WebAuthnConfiguration: passkeys,
}: MfaConfig): void {
  if (sms || token?.Enabled || email) return;
  throw new InvalidParameterException(
    passkeys && token === undefined
      ? "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled."
      : "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.",
  );
}
