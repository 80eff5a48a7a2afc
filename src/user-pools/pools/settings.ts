import {
  type AccountRecoverySettingType,
  type AdminCreateUserConfigType,
  type CreateUserPoolRequest,
  InvalidParameterException,
  type IssuerConfigurationType,
  type KeyConfigurationType,
  type LambdaConfigType,
  type SmsConfigurationType,
  type UpdateUserPoolRequest,
  type UserPoolPolicyType,
  type VerificationMessageTemplateType,
} from "../../api-model/index.ts";
import type { UserPoolSettings } from "../../storage/index.ts";
import { namesOfLevels } from "../assurance/index.ts";
import { buildSchema } from "../attributes/index.ts";
import { completePolicy, DEFAULT_POLICY } from "../passwords/index.ts";
import { nonEmpty, omitUndefined } from "./omitted.ts";
import { DEFAULT_TIER } from "./tiers.ts";

/** How a forgotten password is recovered in pools that do not say. */
const DEFAULT_RECOVERY: AccountRecoverySettingType = {
  RecoveryMechanisms: [
    { Priority: 1, Name: "verified_email" },
    { Priority: 2, Name: "verified_phone_number" },
  ],
};

const DEFAULT_ISSUER: IssuerConfigurationType = { Type: "ORIGINAL" };
const DEFAULT_KEY: KeyConfigurationType = { KeyType: "AWS_OWNED_KEY" };

/** The settings of both CreateUserPool and UpdateUserPool. */
type ChangeableSettings = Omit<UpdateUserPoolRequest, "UserPoolId" | "PoolName">;

/**
 * The settings of a new pool, with every default in place.
 *
 * @param region where the pool is, which is also where it sends SMS unless it says otherwise
 * @throws InvalidParameterException the schema cannot be, or two settings contradict each other
 * @see API Reference, "CreateUserPool"
 */
export function newPoolSettings(input: CreateUserPoolRequest, region: string): UserPoolSettings {
  return omitUndefined({
    ...changeableSettings(input, region),
    SchemaAttributes: buildSchema(input.Schema),
    AliasAttributes: nonEmpty(input.AliasAttributes),
    UsernameAttributes: nonEmpty(input.UsernameAttributes),
    UsernameConfiguration: input.UsernameConfiguration,
  });
}

/**
 * The settings of a pool after UpdateUserPool: omitted ones are reset to their defaults, except for what
 * {@link keptSettings} names and what UpdateUserPool cannot set. The factors of MFA are dropped when it is turned off.
 *
 * @throws InvalidParameterException two settings contradict each other
 * @see API Reference, "UpdateUserPool"
 */
export function updatedPoolSettings(
  current: UserPoolSettings,
  input: ChangeableSettings,
  region: string,
): UserPoolSettings {
  const changed = changeableSettings({ ...input, ...keptSettings(current, input) }, region);
  return omitUndefined({
    ...changed,
    ...(changed.MfaConfiguration !== "OFF" && {
      SoftwareTokenMfaConfiguration: current.SoftwareTokenMfaConfiguration,
      EmailMfaConfiguration: current.EmailMfaConfiguration,
      SmsMfaEnabled: current.SmsMfaEnabled,
    }),
    WebAuthnConfiguration: current.WebAuthnConfiguration,
    SchemaAttributes: current.SchemaAttributes,
    AliasAttributes: current.AliasAttributes,
    UsernameAttributes: current.UsernameAttributes,
    UsernameConfiguration: current.UsernameConfiguration,
    Replicas: current.Replicas,
  });
}

/**
 * What UpdateUserPool keeps when it is left out. Measured by others on real pools in August and September 2026
 * (go-to-k/cdkd 1965, 1968, 1982, 2420); the API Reference names the tier and `DcrConfiguration` only. We keep the key too,
 * because its default would require to encrypt everything again.
 */
function keptSettings(current: UserPoolSettings, input: ChangeableSettings) {
  const { Policies: before } = current;
  const { PasswordPolicy, SignInPolicy } = input.Policies ?? {};
  const asksForOtherDays =
    PasswordPolicy === undefined && input.AdminCreateUserConfig?.UnusedAccountValidityDays;
  return {
    UserPoolTier: input.UserPoolTier ?? current.UserPoolTier,
    MfaConfiguration: input.MfaConfiguration ?? current.MfaConfiguration,
    DcrConfiguration: input.DcrConfiguration ?? current.DcrConfiguration,
    KeyConfiguration: input.KeyConfiguration ?? current.KeyConfiguration,
    Policies: {
      PasswordPolicy:
        PasswordPolicy ??
        (asksForOtherDays
          ? { ...before?.PasswordPolicy, TemporaryPasswordValidityDays: undefined }
          : before?.PasswordPolicy),
      SignInPolicy: SignInPolicy ?? before?.SignInPolicy,
    },
  };
}

function changeableSettings(input: ChangeableSettings, region: string): UserPoolSettings {
  const policies = policiesOf(input);
  return {
    Policies: policies,
    DeletionProtection: input.DeletionProtection ?? "INACTIVE",
    LambdaConfig: lambdaConfigOf(input.LambdaConfig),
    AutoVerifiedAttributes: nonEmpty(input.AutoVerifiedAttributes),
    ...verificationTextsOf(input),
    SmsAuthenticationMessage: input.SmsAuthenticationMessage,
    UserAttributeUpdateSettings: {
      AttributesRequireVerificationBeforeUpdate:
        input.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [],
    },
    MfaConfiguration: input.MfaConfiguration ?? "OFF",
    DeviceConfiguration: input.DeviceConfiguration && {
      ChallengeRequiredOnNewDevice: input.DeviceConfiguration.ChallengeRequiredOnNewDevice ?? false,
      DeviceOnlyRememberedOnUserPrompt: input.DeviceConfiguration.DeviceOnlyRememberedOnUserPrompt ?? false,
    },
    EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT", ...present(input.EmailConfiguration) },
    SmsConfiguration: smsConfigurationOf(input.SmsConfiguration, region),
    UserPoolTags: { ...input.UserPoolTags },
    AdminCreateUserConfig: adminCreateUserConfigOf(input.AdminCreateUserConfig, policies),
    UserPoolAddOns: input.UserPoolAddOns,
    AccountRecoverySetting: input.AccountRecoverySetting ?? DEFAULT_RECOVERY,
    UserPoolTier: input.UserPoolTier ?? DEFAULT_TIER,
    KeyConfiguration: { ...DEFAULT_KEY, ...present(input.KeyConfiguration) },
    IssuerConfiguration: input.IssuerConfiguration ?? DEFAULT_ISSUER,
    DcrConfiguration: input.DcrConfiguration,
    AcrConfiguration: input.AcrConfiguration && allLevels(input.AcrConfiguration),
  };
}

/** @throws InvalidParameterException a key is not one of the four levels, so that its name would be lost; the text is ours */
function allLevels(
  given: NonNullable<UserPoolSettings["AcrConfiguration"]>,
): ReturnType<typeof namesOfLevels> {
  const names = namesOfLevels(given);
  const unknown = Object.keys(given).find((level) => !Object.hasOwn(names, level));
  if (unknown !== undefined) {
    throw new InvalidParameterException(`Invalid level in AcrConfiguration: ${unknown}.`);
  }
  return names;
}

/** SMS by SNS is sent from the pool's own region unless it says otherwise. */
export function smsConfigurationOf(
  given: SmsConfigurationType | undefined,
  region: string,
): SmsConfigurationType | undefined {
  if (given?.SnsCallerArn === undefined) return given;
  return { ...given, SnsRegion: given.SnsRegion ?? region };
}

function policiesOf({ Policies, AdminCreateUserConfig }: ChangeableSettings): UserPoolPolicyType {
  const given = Policies?.PasswordPolicy;
  const unusedDays = AdminCreateUserConfig?.UnusedAccountValidityDays;
  // 0 counts as not set in both.
  if (given?.TemporaryPasswordValidityDays && unusedDays) {
    throw new InvalidParameterException(
      "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
    );
  }
  const days =
    given?.TemporaryPasswordValidityDays || unusedDays || DEFAULT_POLICY.TemporaryPasswordValidityDays;
  return {
    PasswordPolicy: omitUndefined({
      ...completePolicy(given),
      PasswordHistorySize: given?.PasswordHistorySize || undefined,
      TemporaryPasswordValidityDays: days,
    }),
    SignInPolicy: {
      AllowedFirstAuthFactors: nonEmpty(Policies?.SignInPolicy?.AllowedFirstAuthFactors) ?? ["PASSWORD"],
    },
  };
}

function adminCreateUserConfigOf(
  given: AdminCreateUserConfigType | undefined,
  { PasswordPolicy }: UserPoolPolicyType,
): AdminCreateUserConfigType {
  return omitUndefined({
    AllowAdminCreateUserOnly: given?.AllowAdminCreateUserOnly ?? false,
    UnusedAccountValidityDays: PasswordPolicy?.TemporaryPasswordValidityDays,
    InviteMessageTemplate: given?.InviteMessageTemplate,
  });
}

/** The trigger has an older and a newer member, and setting one sets both. */
function lambdaConfigOf(given: LambdaConfigType | undefined): LambdaConfigType {
  const { PreTokenGeneration, PreTokenGenerationConfig } = given ?? {};
  const arn = PreTokenGenerationConfig?.LambdaArn ?? PreTokenGeneration;
  if (PreTokenGeneration !== undefined && PreTokenGeneration !== arn) {
    throw new InvalidParameterException(
      "Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's",
    );
  }
  const hasSender = given?.CustomEmailSender !== undefined || given?.CustomSMSSender !== undefined;
  if (hasSender && !given?.KMSKeyID) {
    throw new InvalidParameterException(
      "KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.",
    );
  }
  if (arn === undefined) return { ...present(given) };
  return {
    ...present(given),
    PreTokenGeneration: arn,
    PreTokenGenerationConfig: PreTokenGenerationConfig ?? { LambdaVersion: "V1_0", LambdaArn: arn },
  };
}

/** The texts of verification messages have an older and a newer member each, and setting one sets both. */
function verificationTextsOf(input: ChangeableSettings) {
  const template = input.VerificationMessageTemplate ?? {};
  const sms = sameText("SmsVerificationMessage", input.SmsVerificationMessage, template.SmsMessage);
  const message = sameText("EmailVerificationMessage", input.EmailVerificationMessage, template.EmailMessage);
  const subject = sameText("EmailVerificationSubject", input.EmailVerificationSubject, template.EmailSubject);
  const both: VerificationMessageTemplateType = {
    ...present(template),
    SmsMessage: sms,
    EmailMessage: message,
    EmailSubject: subject,
    DefaultEmailOption: template.DefaultEmailOption ?? "CONFIRM_WITH_CODE",
  };
  return {
    SmsVerificationMessage: sms,
    EmailVerificationMessage: message,
    EmailVerificationSubject: subject,
    VerificationMessageTemplate: omitUndefined(both),
  };
}

function sameText(name: string, older: string | undefined, newer: string | undefined): string | undefined {
  if (older !== undefined && newer !== undefined && older !== newer) {
    // The text is ours: Cognito's is not known.
    throw new InvalidParameterException(
      `${name} and VerificationMessageTemplate must not contradict each other.`,
    );
  }
  return newer ?? older;
}

function present<T extends object>(value: T | undefined): Partial<T> {
  return value ? omitUndefined(value) : {};
}
