/** A pool's settings of second factors, recovery, verification and devices as forms have them. */
import type {
  AccountRecoverySettingType,
  DeviceConfigurationType,
  GetUserPoolMfaConfigCommandOutput,
  SetUserPoolMfaConfigCommandInput,
  UserPoolType,
  VerifiedAttributeType,
} from "@aws-sdk/client-cognito-identity-provider";

export const recoveryOptions = ["emailThenPhone", "phoneThenEmail", "email", "phone", "admin"] as const;
export type RecoveryOption = (typeof recoveryOptions)[number];

const mechanisms = {
  emailThenPhone: ["verified_email", "verified_phone_number"],
  phoneThenEmail: ["verified_phone_number", "verified_email"],
  email: ["verified_email"],
  phone: ["verified_phone_number"],
  admin: ["admin_only"],
} as const;

/** A pool without the setting prefers SMS. @see API Reference, "CreateUserPool", AccountRecoverySetting */
export function recoveryOptionOf({ AccountRecoverySetting }: UserPoolType): RecoveryOption {
  const names = [...(AccountRecoverySetting?.RecoveryMechanisms ?? [])]
    .sort((a, b) => (a.Priority ?? 0) - (b.Priority ?? 0))
    .map(({ Name }) => Name);
  return recoveryOptions.find((option) => mechanisms[option].join() === names.join()) ?? "phoneThenEmail";
}

export function recoverySetting(option: RecoveryOption): AccountRecoverySettingType {
  return {
    RecoveryMechanisms: mechanisms[option].map((Name, index) => ({ Name, Priority: index + 1 })),
  };
}

export const mfaModes = ["OFF", "OPTIONAL", "ON"] as const;
export const mfaFactors = ["app", "sms", "email"] as const;
export type MfaFactor = (typeof mfaFactors)[number];

export interface MfaValues {
  readonly mode: (typeof mfaModes)[number];
  readonly factors: readonly MfaFactor[];
}

export function mfaValuesOf(config: GetUserPoolMfaConfigCommandOutput): MfaValues {
  const mode = config.MfaConfiguration ?? "OFF";
  return {
    mode,
    factors: [
      ...(config.SoftwareTokenMfaConfiguration?.Enabled ? (["app"] as const) : []),
      ...(mode !== "OFF" && config.SmsMfaConfiguration !== undefined ? (["sms"] as const) : []),
      ...(config.EmailMfaConfiguration === undefined ? [] : (["email"] as const)),
    ],
  };
}

export type MfaFault = "noMethod" | "emailNeedsSes" | "emailRecovers";

/** Why the server would refuse the chosen methods. @see API Reference, "SetUserPoolMfaConfig", EmailMfaConfiguration */
export function mfaFault(pool: UserPoolType, { mode, factors }: MfaValues): MfaFault | undefined {
  if (mode === "OFF") return undefined;
  if (factors.length === 0) return "noMethod";
  if (!factors.includes("email")) return undefined;
  if (pool.EmailConfiguration?.EmailSendingAccount !== "DEVELOPER") return "emailNeedsSes";
  return recoveryOptionOf(pool) === "email" ? "emailRecovers" : undefined;
}

/** How the pool sends text messages; undefined before that is set. */
export const smsConfigurationOf = (pool: UserPoolType, config: GetUserPoolMfaConfigCommandOutput) =>
  config.SmsMfaConfiguration?.SmsConfiguration ?? pool.SmsConfiguration;

/**
 * The operation removes settings that are left out, so the texts and the settings of passkeys are sent again.
 *
 * @param smsRoleArn the IAM role of a pool without an SMS configuration, which SMS as a factor needs
 */
export function mfaRequest(
  pool: UserPoolType,
  config: GetUserPoolMfaConfigCommandOutput,
  { mode, factors }: MfaValues,
  smsRoleArn?: string,
): SetUserPoolMfaConfigCommandInput {
  const { $metadata: _metadata, ...kept } = config as typeof config & { readonly $metadata?: unknown };
  const isOff = mode === "OFF";
  return {
    UserPoolId: pool.Id ?? "",
    MfaConfiguration: mode,
    WebAuthnConfiguration: kept.WebAuthnConfiguration,
    // A factor that is not named is off; naming one while MFA is off is refused.
    ...(!isOff && factors.includes("app") ? { SoftwareTokenMfaConfiguration: { Enabled: true } } : {}),
    ...(!isOff && factors.includes("sms")
      ? {
          SmsMfaConfiguration: {
            ...kept.SmsMfaConfiguration,
            SmsConfiguration: smsConfigurationOf(pool, config) ?? { SnsCallerArn: smsRoleArn },
          },
        }
      : {}),
    ...(!isOff && factors.includes("email")
      ? { EmailMfaConfiguration: kept.EmailMfaConfiguration ?? {} }
      : {}),
  };
}

export interface VerificationValues {
  readonly email: boolean;
  readonly phoneNumber: boolean;
  /** Whether a changed address counts only once it is verified. */
  readonly keepsOriginal: boolean;
}

export function verificationOf(pool: UserPoolType): VerificationValues {
  const verified = pool.AutoVerifiedAttributes ?? [];
  const before = pool.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  return {
    email: verified.includes("email"),
    phoneNumber: verified.includes("phone_number"),
    keepsOriginal: before.length > 0,
  };
}

export function verificationChanges({ email, phoneNumber, keepsOriginal }: VerificationValues) {
  const attributes: VerifiedAttributeType[] = [
    ...(email ? (["email"] as const) : []),
    ...(phoneNumber ? (["phone_number"] as const) : []),
  ];
  return {
    AutoVerifiedAttributes: attributes,
    UserAttributeUpdateSettings: {
      AttributesRequireVerificationBeforeUpdate: keepsOriginal ? attributes : [],
    },
  };
}

export const deviceModes = ["off", "optIn", "always"] as const;
export type DeviceMode = (typeof deviceModes)[number];

export interface DeviceValues {
  readonly mode: DeviceMode;
  /** Whether a remembered device takes the place of a second factor. */
  readonly replacesMfa: boolean;
}

export function deviceValuesOf({ DeviceConfiguration }: UserPoolType): DeviceValues {
  if (DeviceConfiguration === undefined) return { mode: "off", replacesMfa: true };
  return {
    mode: DeviceConfiguration.DeviceOnlyRememberedOnUserPrompt ? "optIn" : "always",
    replacesMfa: DeviceConfiguration.ChallengeRequiredOnNewDevice ?? false,
  };
}

/** Undefined for a pool without device tracking: the setting is then omitted, which removes it. */
export function deviceConfiguration({
  mode,
  replacesMfa,
}: DeviceValues): DeviceConfigurationType | undefined {
  if (mode === "off") return undefined;
  return {
    DeviceOnlyRememberedOnUserPrompt: mode === "optIn",
    ChallengeRequiredOnNewDevice: replacesMfa,
  };
}
