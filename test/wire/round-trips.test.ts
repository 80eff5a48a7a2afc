import {
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";

const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:trigger";
const custom = { LambdaVersion: "V1_0", LambdaArn: FUNCTION } as const;

const pool: CreateUserPoolCommandInput = {
  PoolName: "everything",
  Policies: {
    PasswordPolicy: {
      MinimumLength: 10,
      RequireUppercase: true,
      RequireLowercase: false,
      RequireNumbers: true,
      RequireSymbols: false,
      PasswordHistorySize: 3,
      TemporaryPasswordValidityDays: 3,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP"] },
  },
  DeletionProtection: "ACTIVE",
  LambdaConfig: {
    PreSignUp: FUNCTION,
    DefineAuthChallenge: FUNCTION,
    PreTokenGenerationConfig: { LambdaVersion: "V2_0", LambdaArn: FUNCTION },
    CustomSMSSender: custom,
    CustomEmailSender: custom,
    KMSKeyID: "arn:aws:kms:us-east-1:123456789012:key/abc",
  },
  AutoVerifiedAttributes: ["email", "phone_number"],
  AliasAttributes: ["email", "preferred_username"],
  VerificationMessageTemplate: {
    SmsMessage: "Code {####}",
    EmailMessage: "Code {####}",
    EmailSubject: "Code",
    EmailMessageByLink: "{##Here##}",
    EmailSubjectByLink: "Link",
    DefaultEmailOption: "CONFIRM_WITH_LINK",
  },
  SmsAuthenticationMessage: "Code {####}",
  MfaConfiguration: "OPTIONAL",
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  EmailConfiguration: {
    SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
    ReplyToEmailAddress: "a@example.com",
    EmailSendingAccount: "DEVELOPER",
    From: "A <a@example.com>",
    ConfigurationSet: "set",
  },
  SmsConfiguration: {
    SnsCallerArn: "arn:aws:iam::123456789012:role/sns",
    ExternalId: "external",
    SnsRegion: "us-east-1",
  },
  UserPoolTags: { stage: "test", empty: "" },
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: true,
    InviteMessageTemplate: {
      SMSMessage: "{username} {####}",
      EmailMessage: "{username} {####}",
      EmailSubject: "Hi",
    },
  },
  UsernameConfiguration: { CaseSensitive: false },
  UserPoolAddOns: {
    AdvancedSecurityMode: "AUDIT",
    AdvancedSecurityAdditionalFlows: { CustomAuthMode: "AUDIT" },
  },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "verified_phone_number" }] },
  UserPoolTier: "PLUS",
};

const client = {
  ClientName: "everything",
  GenerateSecret: true,
  RefreshTokenValidity: 10,
  AccessTokenValidity: 20,
  IdTokenValidity: 25,
  TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes", RefreshToken: "hours" },
  ReadAttributes: ["email", "name"],
  WriteAttributes: ["email"],
  ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH"],
  SupportedIdentityProviders: ["COGNITO"],
  CallbackURLs: ["https://app.example.com/back", "http://localhost:3000/back", "app://back"],
  LogoutURLs: ["https://app.example.com/out"],
  DefaultRedirectURI: "https://app.example.com/back",
  AllowedOAuthFlows: ["code", "implicit"],
  AllowedOAuthScopes: ["openid", "email"],
  AllowedOAuthFlowsUserPoolClient: true,
  PreventUserExistenceErrors: "ENABLED",
  EnableTokenRevocation: false,
  EnablePropagateAdditionalUserContextData: true,
  AuthSessionValidity: 5,
  RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 },
} satisfies Partial<CreateUserPoolClientCommandInput>;

describe("settings that infrastructure-as-code tools write and read", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it.each([
    ["all", pool],
    ["no", { PoolName: "bare" }],
  ])(
    "of a pool created with %s settings are described as given, and do not change if the description is written back",
    async (_, input) => {
      const { UserPool: made } = await server.cognito.send(new CreateUserPoolCommand(input));
      expect(made).toMatchObject(withoutName(input));
      const describePool = async () =>
        (await server.cognito.send(new DescribeUserPoolCommand({ UserPoolId: made?.Id }))).UserPool;
      const before = await describePool();
      expect(before).toEqual({
        UserPoolTags: {},
        ...made,
        SchemaAttributes: expect.arrayContaining(made?.SchemaAttributes ?? []),
      });

      const { AdminCreateUserConfig, ...settings } = { ...before };
      // Cognito refuses its own echo of the policy's TemporaryPasswordValidityDays (aws/aws-sdk-js#3817).
      const { UnusedAccountValidityDays: _echo, ...adminCreateUser } = { ...AdminCreateUserConfig };
      await server.cognito.send(
        new UpdateUserPoolCommand({
          ...settings,
          UserPoolId: made?.Id,
          AdminCreateUserConfig: adminCreateUser,
        }),
      );
      expect(await describePool()).toEqual({ ...before, LastModifiedDate: expect.any(Date) });
    },
  );

  it.each([
    ["all", client],
    ["no", { ClientName: "bare" }],
  ])(
    "of an app client created with %s settings are described as given, and do not change if the description is written back",
    async (_, input) => {
      const { UserPool } = await server.cognito.send(new CreateUserPoolCommand({ PoolName: "clients" }));
      const { UserPoolClient: made } = await server.cognito.send(
        new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ...input }),
      );
      const { GenerateSecret: _secret, ...settings } = { GenerateSecret: false, ...input };
      expect(made).toMatchObject(settings);
      const ids = { UserPoolId: UserPool?.Id, ClientId: made?.ClientId };
      const describeClient = async () =>
        (await server.cognito.send(new DescribeUserPoolClientCommand(ids))).UserPoolClient;
      const before = await describeClient();
      expect(before).toEqual(made);

      await server.cognito.send(new UpdateUserPoolClientCommand({ ...before, ...ids }));
      expect(await describeClient()).toEqual({ ...before, LastModifiedDate: expect.any(Date) });
    },
  );
});

function withoutName({ PoolName, ...settings }: CreateUserPoolCommandInput): object {
  return { Name: PoolName, ...settings };
}
