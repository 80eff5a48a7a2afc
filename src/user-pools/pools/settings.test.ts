import { describe, expect, it } from "vitest";
import { type CreateUserPoolRequest, InvalidParameterException } from "../../api-model/index.ts";
import { updatedPoolSettings } from "./settings.ts";
import { SNS, settingsOf } from "./testing.ts";

describe("the settings of a pool with only a name", () => {
  it("are Cognito's defaults, without members that Cognito omits", () => {
    const { SchemaAttributes, ...settings } = settingsOf({});
    expect(SchemaAttributes).toHaveLength(20);
    expect(settings).toStrictEqual({
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireUppercase: true,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
      },
      DeletionProtection: "INACTIVE",
      LambdaConfig: {},
      VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
      KeyConfiguration: { KeyType: "AWS_OWNED_KEY" },
      IssuerConfiguration: { Type: "ORIGINAL" },
      MfaConfiguration: "OFF",
      EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
      UserPoolTags: {},
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Priority: 1, Name: "verified_email" },
          { Priority: 2, Name: "verified_phone_number" },
        ],
      },
      UserPoolTier: "ESSENTIALS",
    });
  });
});

describe("a setting with omitted members", () => {
  it("has no requirements in a password policy that omits them", () => {
    expect(settingsOf({ Policies: { PasswordPolicy: { RequireNumbers: true } } }).Policies).toStrictEqual({
      PasswordPolicy: {
        MinimumLength: 8,
        RequireUppercase: false,
        RequireLowercase: false,
        RequireNumbers: true,
        RequireSymbols: false,
        TemporaryPasswordValidityDays: 7,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
    });
  });

  it("fills the switches of a device configuration with false", () => {
    expect(settingsOf({ DeviceConfiguration: {} }).DeviceConfiguration).toStrictEqual({
      ChallengeRequiredOnNewDevice: false,
      DeviceOnlyRememberedOnUserPrompt: false,
    });
  });

  it("omits empty lists", () => {
    const settings = settingsOf({ AliasAttributes: [], UsernameAttributes: [], AutoVerifiedAttributes: [] });
    expect(settings).not.toHaveProperty("AliasAttributes");
    expect(settings).not.toHaveProperty("AutoVerifiedAttributes");
  });
});

describe("the validity of temporary passwords", () => {
  it.each([
    [{ TemporaryPasswordValidityDays: 3 }, undefined, 3],
    [{ TemporaryPasswordValidityDays: 3 }, 0, 3],
    [{ TemporaryPasswordValidityDays: 0 }, undefined, 7],
    [undefined, 5, 5],
    [{ TemporaryPasswordValidityDays: 0 }, 5, 5],
    [{}, undefined, 7],
  ])("with %j and %j days for unused accounts is %i days in both", (PasswordPolicy, unused, days) => {
    const settings = settingsOf({
      Policies: { PasswordPolicy },
      AdminCreateUserConfig: { UnusedAccountValidityDays: unused },
    });
    expect(settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays).toBe(days);
    expect(settings.AdminCreateUserConfig?.UnusedAccountValidityDays).toBe(days);
  });

  it("can be given in only one of the two members", () => {
    const both = {
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 7 } },
      AdminCreateUserConfig: { UnusedAccountValidityDays: 7 },
    };
    expect(() => settingsOf(both)).toThrow(
      new InvalidParameterException(
        "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
      ),
    );
  });
});

describe("settings with an old and a new member", () => {
  it("return verification texts in both", () => {
    const settings = settingsOf({
      EmailVerificationSubject: "Hello",
      VerificationMessageTemplate: { SmsMessage: "Code {####}" },
    });
    expect(settings).toMatchObject({
      EmailVerificationSubject: "Hello",
      SmsVerificationMessage: "Code {####}",
      VerificationMessageTemplate: {
        DefaultEmailOption: "CONFIRM_WITH_CODE",
        EmailSubject: "Hello",
        SmsMessage: "Code {####}",
      },
    });
  });

  it("reject verification texts that contradict each other", () => {
    const input = { EmailVerificationSubject: "A", VerificationMessageTemplate: { EmailSubject: "B" } };
    expect(() => settingsOf(input)).toThrow(InvalidParameterException);
  });

  it("return the PreTokenGeneration trigger in both", () => {
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:f";
    const config = { LambdaVersion: "V2_0" as const, LambdaArn: arn };
    expect(settingsOf({ LambdaConfig: { PreTokenGenerationConfig: config } }).LambdaConfig).toStrictEqual({
      PreTokenGeneration: arn,
      PreTokenGenerationConfig: config,
    });
    expect(settingsOf({ LambdaConfig: { PreTokenGeneration: arn } }).LambdaConfig).toStrictEqual({
      PreTokenGeneration: arn,
      PreTokenGenerationConfig: { LambdaVersion: "V1_0", LambdaArn: arn },
    });
    expect(() =>
      settingsOf({ LambdaConfig: { PreTokenGeneration: `${arn}2`, PreTokenGenerationConfig: config } }),
    ).toThrow(InvalidParameterException);
  });
});

describe("an update", () => {
  it("resets most omitted settings, and keeps the tier, the policies, MFA, DCR and immutable settings", () => {
    const kept = {
      Policies: {
        PasswordPolicy: { MinimumLength: 20 },
        SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD" as const, "EMAIL_OTP" as const] },
      },
      MfaConfiguration: "OPTIONAL" as const,
      SmsConfiguration: SNS,
      DcrConfiguration: { EnableStatus: "Enabled" as const },
      UserPoolTier: "PLUS" as const,
    };
    const before = settingsOf({
      ...kept,
      AliasAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
      DeletionProtection: "ACTIVE",
      UserPoolTags: { team: "a" },
      Schema: [{ Name: "plan", AttributeDataType: "String" }],
    });
    const after = updatedPoolSettings(before, { SmsConfiguration: SNS }, "us-east-1");
    expect(after).toStrictEqual({
      ...settingsOf({ ...kept, AliasAttributes: ["email"] }),
      UsernameConfiguration: { CaseSensitive: false },
      SchemaAttributes: before.SchemaAttributes,
    });
  });

  it("keeps each of the two policies if it is omitted", () => {
    const before = settingsOf({
      Policies: {
        PasswordPolicy: { MinimumLength: 12 },
        SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] },
      },
    });
    const update = (Policies: CreateUserPoolRequest["Policies"]) =>
      updatedPoolSettings(before, { Policies }, "us-east-1").Policies;
    expect(update({ SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] } })).toEqual({
      PasswordPolicy: before.Policies?.PasswordPolicy,
      SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
    });
    expect(update({ PasswordPolicy: { MinimumLength: 9 } })).toMatchObject({
      PasswordPolicy: { MinimumLength: 9 },
      SignInPolicy: before.Policies?.SignInPolicy,
    });
  });

  it("accepts the days for unused accounts while the password policy is kept", () => {
    const before = settingsOf({ Policies: { PasswordPolicy: { MinimumLength: 12 } } });
    const input = { AdminCreateUserConfig: { UnusedAccountValidityDays: 3 } };
    expect(updatedPoolSettings(before, input, "us-east-1")).toMatchObject({
      Policies: { PasswordPolicy: { MinimumLength: 12, TemporaryPasswordValidityDays: 3 } },
      AdminCreateUserConfig: { UnusedAccountValidityDays: 3 },
    });
  });

  it("turns MFA off on request, and removes its factors", () => {
    const before = {
      ...settingsOf({ MfaConfiguration: "ON", SmsConfiguration: SNS }),
      SoftwareTokenMfaConfiguration: { Enabled: true },
    };
    const after = updatedPoolSettings(before, { MfaConfiguration: "OFF" }, "us-east-1");
    expect(after.MfaConfiguration).toBe("OFF");
    expect(after).not.toHaveProperty("SoftwareTokenMfaConfiguration");
  });
});
