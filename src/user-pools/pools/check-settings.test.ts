import { describe, expect, it } from "vitest";
import {
  type CreateUserPoolRequest,
  FeatureUnavailableInTierException,
  InvalidParameterException,
  UserPoolTaggingException,
} from "../../api-model/index.ts";
import type { UserPoolSettings } from "../../storage/index.ts";
import { checkPoolSettings } from "./check-settings.ts";
import { updatedPoolSettings } from "./settings.ts";
import { SNS, settingsOf } from "./testing.ts";

describe("conflicting settings are rejected:", () => {
  it.each<[string, Omit<CreateUserPoolRequest, "PoolName">, string]>([
    [
      "aliases and username attributes",
      { AliasAttributes: ["email"], UsernameAttributes: ["email"] },
      "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.",
    ],
    [
      "phone verification without SMS",
      { AutoVerifiedAttributes: ["phone_number"] },
      "SMS configuration is required when phone_number is selected for auto verification",
    ],
    [
      "MFA without SMS",
      { MfaConfiguration: "OPTIONAL" },
      "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    ],
    [
      "MFA without SMS, even with e-mail verified automatically",
      { MfaConfiguration: "ON", AutoVerifiedAttributes: ["email"] },
      "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    ],
    [
      "sign-in without a password",
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["WEB_AUTHN"] } } },
      "Password should be configured as one of the allowed first auth factors.",
    ],
    [
      "sign-in by text messages without a way to send them",
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "SMS_OTP"] } } },
      "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration",
    ],
    [
      "sign-in by codes alone where MFA is required",
      {
        MfaConfiguration: "ON",
        SmsConfiguration: SNS,
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
      },
      "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled",
    ],
    [
      "EmailSendingAccount DEVELOPER without a SourceArn",
      { EmailConfiguration: { EmailSendingAccount: "DEVELOPER" } },
      "Source ARN is required to use DEVELOPER email sending owner",
    ],
    [
      "two recovery mechanisms of one priority",
      {
        AccountRecoverySetting: {
          RecoveryMechanisms: [
            { Name: "verified_phone_number", Priority: 1 },
            { Name: "verified_email", Priority: 1 },
          ],
        },
      },
      "Invalid account recovery setting parameter. Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.",
    ],
    [
      "verification before an update of an attribute that is not auto-verified",
      {
        AutoVerifiedAttributes: ["email"],
        SmsConfiguration: SNS,
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["phone_number"] },
      },
      "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes",
    ],
    [
      "a From with EmailSendingAccount COGNITO_DEFAULT",
      { EmailConfiguration: { From: "a@example.com" } },
      "Cannot configure From email address for default email configuration",
    ],
    [
      "recovery by administrators and by e-mail",
      {
        AccountRecoverySetting: {
          RecoveryMechanisms: [
            { Name: "admin_only", Priority: 1 },
            { Name: "verified_email", Priority: 2 },
          ],
        },
      },
      "Invalid account recovery setting parameter. Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.",
    ],
    [
      "a customer managed key without its ARN",
      { KeyConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY" } },
      "A customer managed key needs the ARN of a KMS key, not of an alias.",
    ],
    ...["arn:aws:kms:us-east-1:123456789012:alias/pool", "arn:aws:s3:us-east-1:123456789012:key/pool"].map(
      (KmsKeyArn): [string, Omit<CreateUserPoolRequest, "PoolName">, string] => [
        `a customer managed key with the ARN ${KmsKeyArn}`,
        { KeyConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn } },
        "A customer managed key needs the ARN of a KMS key, not of an alias.",
      ],
    ),
    [
      "passkeys in a pool that requires MFA",
      {
        MfaConfiguration: "ON",
        SmsConfiguration: SNS,
        AutoVerifiedAttributes: ["phone_number"],
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
      },
      "WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA.",
    ],
  ])("%s", (_, input, message) => {
    expect(() => settingsOf(input)).toThrow(new InvalidParameterException(message));
  });

  it.each<[string, Omit<CreateUserPoolRequest, "PoolName">]>([
    [
      "a token as first factor",
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "SOFTWARE_TOKEN"] } } },
    ],
    [
      "a customer key that is named by an alias",
      {
        KeyConfiguration: {
          KeyType: "CUSTOMER_MANAGED_KEY",
          KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:alias/mine",
        },
      },
    ],
    ["SMS without a sender", { SmsConfiguration: {} }],
    ["SMS with two senders", { SmsConfiguration: { ...SNS, EumsSms: { CallerArn: SNS.SnsCallerArn } } }],
  ])("%s", (_, input) => {
    expect(() => settingsOf(input)).toThrow(InvalidParameterException);
  });

  it("MFA that becomes required in a pool without MFA, but not in one where it is optional", () => {
    const sms = { SmsConfiguration: SNS, AutoVerifiedAttributes: ["phone_number" as const] };
    const update = (before: UserPoolSettings) =>
      checkPoolSettings(updatedPoolSettings(before, { ...sms, MfaConfiguration: "ON" }, "us-east-1"), before);
    expect(() => update(settingsOf({ ...sms, MfaConfiguration: "OPTIONAL" }))).not.toThrow();
    expect(() => update(settingsOf(sms))).toThrow(
      new InvalidParameterException("Cannot turn MFA functionality ON, once the user pool has been created."),
    );
  });

  it("MFA that loses its only factor, SMS, but not where it has another", () => {
    const update = (before: UserPoolSettings) =>
      checkPoolSettings(updatedPoolSettings(before, { MfaConfiguration: "ON" }, "us-east-1"), before);
    const before = { ...settingsOf({}), MfaConfiguration: "ON" as const, SmsConfiguration: SNS };
    expect(() => update(before)).toThrow(
      new InvalidParameterException(
        "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
      ),
    );
    expect(() => update({ ...before, SoftwareTokenMfaConfiguration: { Enabled: true } })).not.toThrow();
  });
});

describe("feature plans", () => {
  const passwordless = {
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD" as const, "EMAIL_OTP" as const] } },
  };
  const protection = { UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" as const } };

  it.each<[Omit<CreateUserPoolRequest, "PoolName">, string]>([
    [{ ...protection }, "ESSENTIALS pricing tier configured: Threat Protection"],
    [{ ...passwordless, UserPoolTier: "LITE" }, "LITE pricing tier configured: Passwordless Sign-In"],
    [
      { ...passwordless, ...protection, UserPoolTier: "LITE" },
      "LITE pricing tier configured: Passwordless Sign-In, Threat Protection",
    ],
    [
      { Policies: { PasswordPolicy: { PasswordHistorySize: 2 } }, UserPoolTier: "LITE" },
      "LITE pricing tier configured: Password History",
    ],
    [
      {
        LambdaConfig: {
          PreTokenGenerationConfig: {
            LambdaVersion: "V2_0",
            LambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:f",
          },
        },
        UserPoolTier: "LITE",
      },
      "LITE pricing tier configured: Token Customization with Pre-Token Generation Lambda V2_0",
    ],
  ])("reject a feature that they do not include: %j", (input, end) => {
    expect(() => settingsOf(input)).toThrow(
      new FeatureUnavailableInTierException(`The following features need to be disabled for the ${end}`),
    );
  });

  it("allow the features that they include", () => {
    expect(() => settingsOf({ ...passwordless, ...protection, UserPoolTier: "PLUS" })).not.toThrow();
    expect(() => settingsOf(passwordless)).not.toThrow();
    expect(() =>
      settingsOf({ UserPoolAddOns: { AdvancedSecurityMode: "OFF" }, UserPoolTier: "LITE" }),
    ).not.toThrow();
  });
});

describe("tags", () => {
  it("cannot use AWS's own prefix, nor be more than fifty", () => {
    expect(() => settingsOf({ UserPoolTags: { "aws:x": "1" } })).toThrow(UserPoolTaggingException);
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, ""]));
    expect(() => settingsOf({ UserPoolTags: tags(51) })).toThrow(UserPoolTaggingException);
    expect(() => settingsOf({ UserPoolTags: tags(50) })).not.toThrow();
  });
});
