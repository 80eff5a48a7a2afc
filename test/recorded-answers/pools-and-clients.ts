import { expect } from "vitest";
import { type Json, type RecordedAnswer, refusal, TEXT, TIME } from "./entry.ts";
import { passwordSignIn } from "./world.ts";

const PASSWORD_POLICY = {
  MinimumLength: 8,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  RequireUppercase: true,
  TemporaryPasswordValidityDays: 7,
};

function attribute(Name: string, more: Json = {}): Json {
  return {
    AttributeDataType: "String",
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Name,
    Required: false,
    StringAttributeConstraints: { MaxLength: "2048", MinLength: "0" },
    ...more,
  };
}

const flag = (Name: string): Json => {
  const { StringAttributeConstraints: _, ...rest } = attribute(Name, { AttributeDataType: "Boolean" });
  return rest;
};

const SCHEMA: readonly Json[] = [
  attribute("sub", {
    Mutable: false,
    Required: true,
    StringAttributeConstraints: { MaxLength: "2048", MinLength: "1" },
  }),
  ...["name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile"].map(
    (name) => attribute(name),
  ),
  ...["picture", "website", "email"].map((name) => attribute(name)),
  flag("email_verified"),
  attribute("gender"),
  attribute("birthdate", { StringAttributeConstraints: { MaxLength: "10", MinLength: "10" } }),
  ...["zoneinfo", "locale", "phone_number"].map((name) => attribute(name)),
  flag("phone_number_verified"),
  attribute("address"),
  {
    AttributeDataType: "Number",
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Name: "updated_at",
    NumberAttributeConstraints: { MinValue: "0" },
    Required: false,
  },
];

const IDENTITIES = attribute("identities", { StringAttributeConstraints: {} });

const DEFAULT_POOL = {
  AccountRecoverySetting: {
    RecoveryMechanisms: [
      { Name: "verified_email", Priority: 1 },
      { Name: "verified_phone_number", Priority: 2 },
    ],
  },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
  Arn: expect.stringMatching(/^arn:aws:cognito-idp:us-east-1:\d{12}:userpool\/us-east-1_[0-9A-Za-z]{9}$/),
  CreationDate: TIME,
  DeletionProtection: "INACTIVE",
  EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
  EstimatedNumberOfUsers: 0,
  Id: expect.stringMatching(/^us-east-1_[0-9A-Za-z]{9}$/),
  IssuerConfiguration: { Type: "ORIGINAL" },
  KeyConfiguration: { KeyType: "AWS_OWNED_KEY" },
  LambdaConfig: {},
  LastModifiedDate: TIME,
  MfaConfiguration: "OFF",
  Name: "p",
  Policies: {
    PasswordPolicy: PASSWORD_POLICY,
    SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
  },
  SchemaAttributes: SCHEMA,
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  UserPoolTier: "LITE",
  VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
};

const DEFAULT_CLIENT = {
  AllowedOAuthFlowsUserPoolClient: false,
  AuthSessionValidity: 3,
  ClientId: expect.stringMatching(/^[a-z0-9]{25,26}$/),
  ClientName: "default",
  CreationDate: TIME,
  EnablePropagateAdditionalUserContextData: false,
  EnableTokenRevocation: true,
  LastModifiedDate: TIME,
  RefreshTokenValidity: 30,
  TokenValidityUnits: {},
  UserPoolId: TEXT,
};

const POOL = { PoolName: "p", UserPoolTier: "LITE" };

export const poolsAndClients: readonly RecordedAnswer[] = [
  {
    title: "CreateUserPool, DescribeUserPool and DeleteUserPool with a name and a tier",
    origin: "SFX login_workflows",
    async *play() {
      const { UserPool } = yield ["CreateUserPool", POOL, { UserPool: DEFAULT_POOL }];
      const pool = { UserPoolId: UserPool.Id };
      yield [
        "DescribeUserPool",
        pool,
        {
          UserPool: { ...DEFAULT_POOL, SchemaAttributes: [...SCHEMA, IDENTITIES], UserPoolTags: {} },
        },
      ];
      yield ["DeleteUserPool", pool, ""];
      yield [
        "DescribeUserPool",
        pool,
        refusal("ResourceNotFoundException", `User pool ${UserPool.Id} does not exist.`),
      ];
    },
  },
  {
    title: "CreateUserPool with an alias and custom attributes",
    origin: "SFX login_workflows",
    async *play() {
      const SchemaAttributes = [
        ...SCHEMA,
        attribute("custom:department", { StringAttributeConstraints: {} }),
      ];
      const input = {
        ...POOL,
        AliasAttributes: ["email"],
        Schema: [{ Name: "department", AttributeDataType: "String" }],
      };
      const { UserPool } = yield [
        "CreateUserPool",
        input,
        { UserPool: { ...DEFAULT_POOL, AliasAttributes: ["email"], SchemaAttributes } },
      ];
      yield [
        "DescribeUserPool",
        { UserPoolId: UserPool.Id },
        {
          UserPool: {
            ...DEFAULT_POOL,
            AliasAttributes: ["email"],
            SchemaAttributes: [...SchemaAttributes, IDENTITIES],
            UserPoolTags: {},
          },
        },
      ];
    },
  },
  {
    title: "UpdateUserPool with AdminCreateUserConfig alone",
    origin: "SFX login_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      yield ["UpdateUserPool", { UserPoolId, AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }, {}];
      yield [
        "DescribeUserPool",
        { UserPoolId },
        {
          UserPool: {
            ...DEFAULT_POOL,
            AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 7 },
            SchemaAttributes: [...SCHEMA, IDENTITIES],
            UserPoolTags: {},
          },
        },
      ];
    },
  },
  {
    title: "CreateUserPoolClient, DescribeUserPoolClient, UpdateUserPoolClient with a name alone",
    origin: "SFX login, client_retirement",
    async *play(world) {
      const UserPoolId = await world.pool();
      const { UserPoolClient } = yield [
        "CreateUserPoolClient",
        { UserPoolId, ClientName: "default" },
        { UserPoolClient: DEFAULT_CLIENT },
      ];
      const client = { UserPoolId, ClientId: UserPoolClient.ClientId };
      yield ["DescribeUserPoolClient", client, { UserPoolClient }];
      const set = { ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"], ReadAttributes: ["email"] };
      yield [
        "UpdateUserPoolClient",
        { ...client, ...set },
        { UserPoolClient: { ...DEFAULT_CLIENT, ...set } },
      ];
      yield ["DeleteUserPoolClient", client, ""];
    },
  },
  {
    title: "CreateUserPoolClient with ExplicitAuthFlows and ReadAttributes",
    origin: "SFX client_retirement, admission_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      const set = {
        ExplicitAuthFlows: [
          "ALLOW_USER_SRP_AUTH",
          "ALLOW_USER_PASSWORD_AUTH",
          "ALLOW_ADMIN_USER_PASSWORD_AUTH",
          "ALLOW_REFRESH_TOKEN_AUTH",
        ],
        ReadAttributes: ["email"],
      };
      yield [
        "CreateUserPoolClient",
        { UserPoolId, ClientName: "default", ...set },
        { UserPoolClient: { ...DEFAULT_CLIENT, ...set } },
      ];
    },
  },
  ...[
    [{ Feature: "ENABLED" }, { Feature: "ENABLED", RetryGracePeriodSeconds: 0 }],
    [
      { Feature: "DISABLED", RetryGracePeriodSeconds: 4 },
      { Feature: "DISABLED", RetryGracePeriodSeconds: 0 },
    ],
  ].map(
    ([sent, shown]): RecordedAnswer => ({
      title: `CreateUserPoolClient with RefreshTokenRotation ${JSON.stringify(sent)}`,
      origin: "SFX refresh_rotation_workflows",
      async *play(world) {
        const UserPoolId = await world.pool({ UserPoolTier: "ESSENTIALS" });
        yield [
          "CreateUserPoolClient",
          { UserPoolId, ClientName: "default", RefreshTokenRotation: sent },
          { UserPoolClient: { ...DEFAULT_CLIENT, RefreshTokenRotation: shown } },
        ];
      },
    }),
  ),
  {
    title: "RefreshTokenRotation beside ALLOW_REFRESH_TOKEN_AUTH, and in a LITE pool",
    origin: "SFX refresh_rotation_workflows",
    async *play(world) {
      const input = { ClientName: "default", RefreshTokenRotation: { Feature: "ENABLED" } };
      yield [
        "CreateUserPoolClient",
        {
          ...input,
          UserPoolId: await world.pool({ UserPoolTier: "ESSENTIALS" }),
          ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
        },
        refusal(
          "InvalidParameterException",
          "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled.",
        ),
      ];
      yield [
        "CreateUserPoolClient",
        { ...input, UserPoolId: await world.pool() },
        refusal(
          "FeatureUnavailableInTierException",
          "The following features need to be disabled for the LITE pricing tier configured: Refresh Token Rotation",
        ),
      ];
    },
  },
  {
    title: "lists of a client are sets",
    origin: "CLI create-user-pool-client",
    async *play(world) {
      const UserPoolId = await world.pool({ UserPoolTier: "ESSENTIALS" });
      const set = {
        AllowedOAuthFlows: ["code", "implicit"],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthScopes: ["phone", "aws.cognito.signin.user.admin", "openid", "email"],
        CallbackURLs: ["https://b.example.com", "https://a.example.com", "http://localhost", "app://x"],
        LogoutURLs: ["https://b.example.com", "https://a.example.com"],
        ReadAttributes: ["name", "email"],
        SupportedIdentityProviders: ["COGNITO"],
        WriteAttributes: ["name", "email"],
      };
      yield [
        "CreateUserPoolClient",
        { UserPoolId, ClientName: "default", ...set },
        { UserPoolClient: { ...DEFAULT_CLIENT, ...set } },
      ];
    },
  },
  {
    title: "a client deleted under a live access token",
    origin: "SFX client_retirement, credential_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      const client = await world.client(UserPoolId);
      await world.user(UserPoolId, "owned-user");
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(client.id, "owned-user")];
      const { AccessToken, RefreshToken } = AuthenticationResult;
      yield ["DeleteUserPoolClient", { UserPoolId, ClientId: client.id }, ""];
      const gone = refusal("ResourceNotFoundException", `User pool client ${client.id} does not exist.`);
      yield ["GetUser", { AccessToken }, gone];
      yield [
        "ChangePassword",
        { AccessToken, PreviousPassword: "Right-Password-1", ProposedPassword: "Other-Password-1" },
        gone,
      ];
      yield ["GlobalSignOut", { AccessToken }, gone];
      yield ["GetTokensFromRefreshToken", { ClientId: client.id, RefreshToken }, gone];
    },
  },
  {
    title: "ReadAttributes changed under a live access token",
    origin: "SFX client_retirement",
    async *play(world) {
      const UserPoolId = await world.pool();
      const client = await world.client(UserPoolId);
      await world.user(UserPoolId, "owned-user", {
        UserAttributes: [
          { Name: "email", Value: "owned@example.com" },
          { Name: "given_name", Value: "Owned" },
        ],
      });
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(client.id, "owned-user")];
      const { AccessToken } = AuthenticationResult;
      yield ["UpdateUserPoolClient", { UserPoolId, ClientId: client.id, ReadAttributes: ["given_name"] }];
      yield [
        "GetUser",
        { AccessToken },
        {
          UserAttributes: [
            { Name: "given_name", Value: "Owned" },
            { Name: "sub", Value: TEXT },
          ],
          Username: "owned-user",
        },
      ];
    },
  },
];
