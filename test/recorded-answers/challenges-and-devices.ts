import { Secret, TOTP } from "otpauth";
import { expect } from "vitest";
import { createAuthenticator } from "../../src/user-pools/operations/passkeys/testing.ts";
import { newestMessage } from "../support/inbox.ts";
import { type Answer, type Json, type RecordedAnswer, refusal, TEXT, TIME } from "./entry.ts";
import { passwordSignIn, refresh, type World } from "./world.ts";

const RELYING_PARTY = "auth.example.com";
const SMS = { SnsCallerArn: "arn:aws:iam::123456789012:role/service-role/sms", SnsRegion: "us-east-1" };
const EMAIL_SENDER = {
  EmailSendingAccount: "DEVELOPER",
  SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
};
const TOKENS = {
  AccessToken: TEXT,
  ExpiresIn: 3600,
  IdToken: TEXT,
  RefreshToken: TEXT,
  TokenType: "Bearer",
};

/** A user with an authenticator app of this name, who may have other factors too. */
async function appUser(
  world: World,
  { name, attributes = {}, preferred = true }: { name: string; attributes?: Json; preferred?: boolean },
): Promise<{ ClientId: string; secret: string }> {
  const UserPoolId = await world.pool({ SmsConfiguration: SMS });
  await world.call("SetUserPoolMfaConfig", {
    UserPoolId,
    MfaConfiguration: "OPTIONAL",
    SmsMfaConfiguration: { SmsConfiguration: SMS },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const { id: ClientId } = await world.client(UserPoolId);
  await world.user(UserPoolId, "testuser", {
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
  });
  const { AuthenticationResult } = await world.call("InitiateAuth", passwordSignIn(ClientId, "testuser"));
  const { AccessToken } = AuthenticationResult;
  const { SecretCode } = await world.call("AssociateSoftwareToken", { AccessToken });
  await world.call("VerifySoftwareToken", {
    AccessToken,
    UserCode: appCode(SecretCode),
    FriendlyDeviceName: name,
  });
  await world.call("SetUserMFAPreference", {
    AccessToken,
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: preferred },
    ...(Object.hasOwn(attributes, "phone_number") && { SMSMfaSettings: { Enabled: true } }),
  });
  return { ClientId, secret: SecretCode };
}

function appCode(secret: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate();
}

/** A pool that tracks devices, and the answer to a user's first sign-in in it. */
async function trackingPool(world: World, DeviceConfiguration: Json) {
  const UserPoolId = await world.pool({ DeviceConfiguration });
  const { id: ClientId } = await world.client(UserPoolId);
  await world.user(UserPoolId, "diego");
  return { UserPoolId, ClientId };
}

const DEVICE_KEY = expect.stringMatching(/^us-east-1_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const DEVICE_VERIFIER = {
  PasswordVerifier: Buffer.alloc(384, 9).toString("base64"),
  Salt: Buffer.alloc(16, 7).toString("base64"),
};

/** A pool that demands a second factor, as the backends of amplify-flutter's tests make them. */
async function demandingPool(world: World, factors: Json): Promise<{ UserPoolId: string; ClientId: string }> {
  const UserPoolId = await world.pool({
    UserPoolTier: "ESSENTIALS",
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
    EmailConfiguration: EMAIL_SENDER,
    SmsConfiguration: SMS,
  });
  await world.call("SetUserPoolMfaConfig", { UserPoolId, MfaConfiguration: "ON", ...factors });
  const { id: ClientId } = await world.client(UserPoolId);
  return { UserPoolId, ClientId };
}

const SMS_FACTOR = { SmsMfaConfiguration: { SmsConfiguration: SMS } };
const APP_FACTOR = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const EMAIL_FACTOR = { EmailMfaConfiguration: { Message: "Your code is {####}", Subject: "Code" } };
const EMAIL = { email: "b@example.com" };
const PHONE = { phone_number: "+15550100001" };

/** @see recorded-answers, section 5: "MFA in real pools" */
const demanded: readonly (readonly [
  pool: string,
  factors: Json,
  user: string,
  attributes: Json,
  asked: string,
])[] = [
  ["SMS", SMS_FACTOR, "a phone number", PHONE, "SMS_MFA"],
  ["SMS", SMS_FACTOR, "a verified phone number", { ...PHONE, phone_number_verified: "true" }, "SMS_MFA"],
  ["SMS and TOTP", { ...SMS_FACTOR, ...APP_FACTOR }, "a phone number", PHONE, "SMS_MFA"],
  ["SMS and TOTP", { ...SMS_FACTOR, ...APP_FACTOR }, "no phone number", {}, "MFA_SETUP"],
  ["e-mail and TOTP", { ...EMAIL_FACTOR, ...APP_FACTOR }, "an unverified e-mail address", EMAIL, "EMAIL_OTP"],
  [
    "e-mail and SMS",
    { ...EMAIL_FACTOR, ...SMS_FACTOR },
    "both addresses",
    { ...EMAIL, ...PHONE },
    "SELECT_MFA_TYPE",
  ],
  ["e-mail and SMS", { ...EMAIL_FACTOR, ...SMS_FACTOR }, "an e-mail address alone", EMAIL, "EMAIL_OTP"],
  [
    "e-mail, SMS and TOTP",
    { ...EMAIL_FACTOR, ...SMS_FACTOR, ...APP_FACTOR },
    "no attributes",
    {},
    "MFA_SETUP",
  ],
];

export const challengesAndDevices: readonly RecordedAnswer[] = [
  {
    title: "a user with an authenticator app: its name is in the challenge",
    origin: "API InitiateAuth, CLI admin-initiate-auth",
    async *play(world) {
      const { ClientId } = await appUser(world, { name: "mytestauthenticator" });
      yield [
        "InitiateAuth",
        passwordSignIn(ClientId, "testuser"),
        {
          ChallengeName: "SOFTWARE_TOKEN_MFA",
          ChallengeParameters: { FRIENDLY_DEVICE_NAME: "mytestauthenticator", USER_ID_FOR_SRP: "testuser" },
          Session: TEXT,
        },
      ];
    },
  },
  {
    title: "VerifySoftwareToken with an access token",
    origin: "CLI verify-software-token",
    async *play(world) {
      const UserPoolId = await world.pool();
      await world.call("SetUserPoolMfaConfig", { UserPoolId, MfaConfiguration: "OPTIONAL", ...APP_FACTOR });
      const { id } = await world.client(UserPoolId);
      await world.user(UserPoolId, "testuser");
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(id, "testuser")];
      const { AccessToken } = AuthenticationResult;
      const { SecretCode } = yield ["AssociateSoftwareToken", { AccessToken }];
      yield ["VerifySoftwareToken", { AccessToken, UserCode: appCode(SecretCode) }, { Status: "SUCCESS" }];
    },
  },
  {
    title: "SELECT_MFA_TYPE answered with SOFTWARE_TOKEN_MFA",
    origin: "CLI respond-to-auth-challenge",
    async *play(world) {
      const user = { name: "transparent", attributes: PHONE, preferred: false };
      const { ClientId } = await appUser(world, user);
      const { ChallengeName, Session } = yield ["InitiateAuth", passwordSignIn(ClientId, "testuser")];
      expect(ChallengeName).toBe("SELECT_MFA_TYPE");
      yield [
        "RespondToAuthChallenge",
        {
          ClientId,
          ChallengeName,
          ChallengeResponses: { USERNAME: "testuser", ANSWER: "SOFTWARE_TOKEN_MFA" },
          Session,
        },
        {
          ChallengeName: "SOFTWARE_TOKEN_MFA",
          ChallengeParameters: { FRIENDLY_DEVICE_NAME: "transparent" },
          Session: TEXT,
        },
      ];
    },
  },
  {
    title: "RespondToAuthChallenge EMAIL_OTP gives tokens",
    origin: "API RespondToAuthChallenge",
    async *play(world) {
      const UserPoolId = await world.pool({
        UserPoolTier: "ESSENTIALS",
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
      });
      const { id: ClientId } = await world.client(UserPoolId, { ExplicitAuthFlows: ["ALLOW_USER_AUTH"] });
      const email = `otp-${UserPoolId.slice(-9).toLowerCase()}@example.com`;
      await world.user(UserPoolId, "testuser", {
        UserAttributes: [
          { Name: "email", Value: email },
          { Name: "email_verified", Value: "true" },
        ],
      });
      const { Session } = yield [
        "InitiateAuth",
        {
          ClientId,
          AuthFlow: "USER_AUTH",
          AuthParameters: { USERNAME: "testuser", PREFERRED_CHALLENGE: "EMAIL_OTP" },
        },
      ];
      const { code: EMAIL_OTP_CODE } = await newestMessage(world.server, email);
      expect(EMAIL_OTP_CODE).toMatch(/^\d{8}$/);
      yield [
        "RespondToAuthChallenge",
        {
          ClientId,
          ChallengeName: "EMAIL_OTP",
          ChallengeResponses: { USERNAME: "testuser", EMAIL_OTP_CODE },
          Session,
        },
        { AuthenticationResult: TOKENS, ChallengeParameters: {} },
      ];
    },
  },
  {
    title: "a device: ConfirmDevice, GetDevice, AdminGetDevice, AdminListDevices, ListDevices",
    origin: "CLI confirm-device, get-device, admin-get-device, admin-list-devices, list-devices",
    async *play(world) {
      const { UserPoolId, ClientId } = await trackingPool(world, { ChallengeRequiredOnNewDevice: true });
      const { AuthenticationResult } = yield [
        "InitiateAuth",
        passwordSignIn(ClientId, "diego"),
        {
          AuthenticationResult: {
            ...TOKENS,
            NewDeviceMetadata: {
              DeviceGroupKey: expect.stringMatching(/^-\w{8}$/),
              DeviceKey: DEVICE_KEY,
            },
          },
          ChallengeParameters: {},
        },
      ];
      const { AccessToken, NewDeviceMetadata } = AuthenticationResult;
      const { DeviceKey } = NewDeviceMetadata;
      yield [
        "ConfirmDevice",
        { AccessToken, DeviceKey, DeviceName: "MyDevice", DeviceSecretVerifierConfig: DEVICE_VERIFIER },
        { UserConfirmationNecessary: false },
      ];
      const times = {
        DeviceCreateDate: TIME,
        DeviceKey,
        DeviceLastAuthenticatedDate: TIME,
        DeviceLastModifiedDate: TIME,
      };
      const attributes = [
        ["device_status", "valid"],
        ["device_name", "MyDevice"],
        [
          "dev:device_arn",
          `arn:aws:cognito-idp:us-east-1:123456789012:owner/diego.${UserPoolId}/device/${DeviceKey}`,
        ],
        ["dev:device_owner", `diego.${UserPoolId}`],
        ["last_ip_used", "127.0.0.1"],
        ["dev:device_remembered_status", "remembered"],
        ["dev:device_sdk", "aws-sdk"],
      ].map(([Name, Value]) => ({ Name, Value }));
      const Device = { ...times, DeviceAttributes: attributes };
      yield ["GetDevice", { AccessToken, DeviceKey }, { Device }];
      yield ["AdminGetDevice", { UserPoolId, Username: "diego", DeviceKey }, { Device }];
      yield ["AdminListDevices", { UserPoolId, Username: "diego" }, { Devices: [Device] }];
      const shown = new Set(["device_status", "device_name", "last_ip_used"]);
      yield [
        "ListDevices",
        { AccessToken },
        {
          Devices: [{ ...times, DeviceAttributes: attributes.filter(({ Name = "" }) => shown.has(Name)) }],
        },
      ];
    },
  },
  {
    title: "a refresh without the device's key, and with another one",
    origin: "RT aws-amplify/amplify-android AWSCognitoSessionExpiredExceptionTest",
    async *play(world) {
      const { ClientId } = await trackingPool(world, {});
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(ClientId, "diego")];
      const { RefreshToken } = AuthenticationResult;
      const refused = refusal("NotAuthorizedException", "Invalid Refresh Token.");
      yield ["InitiateAuth", refresh(ClientId, RefreshToken), refused];
      const DEVICE_KEY = "us-east-1_00000000-0000-4000-8000-000000000000";
      yield ["InitiateAuth", refresh(ClientId, RefreshToken, { DEVICE_KEY }), refused];
    },
  },
  {
    title: "REFRESH_TOKEN_AUTH of a client that rotates",
    origin: "SFX refresh_rotation",
    async *play(world) {
      const UserPoolId = await world.pool({ UserPoolTier: "ESSENTIALS" });
      const { id: ClientId } = await world.client(UserPoolId, {
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenRotation: { Feature: "ENABLED" },
      });
      await world.user(UserPoolId, "alice");
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(ClientId, "alice")];
      yield [
        "InitiateAuth",
        refresh(ClientId, AuthenticationResult.RefreshToken),
        refusal("UnsupportedOperationException", "This API does not support refresh token rotation"),
      ];
    },
  },
  {
    title: "a passkey: CompleteWebAuthnRegistration, ListWebAuthnCredentials, PREFERRED_CHALLENGE WEB_AUTHN",
    origin: "API CompleteWebAuthnRegistration, InitiateAuth; CLI list-web-authn-credentials",
    async *play(world) {
      const UserPoolId = await world.pool({
        UserPoolTier: "ESSENTIALS",
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] } },
      });
      await world.call("SetUserPoolMfaConfig", {
        UserPoolId,
        MfaConfiguration: "OFF",
        WebAuthnConfiguration: { RelyingPartyId: RELYING_PARTY, UserVerification: "preferred" },
      });
      const { id: ClientId } = await world.client(UserPoolId, {
        ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
      });
      await world.user(UserPoolId, "testuser", {
        UserAttributes: [
          { Name: "email", Value: "test@example.com" },
          { Name: "email_verified", Value: "true" },
        ],
      });
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(ClientId, "testuser")];
      const { AccessToken } = AuthenticationResult;
      const { CredentialCreationOptions } = yield ["StartWebAuthnRegistration", { AccessToken }];
      const authenticator = createAuthenticator();
      const Credential = authenticator.register({
        challenge: CredentialCreationOptions.challenge,
        rpId: RELYING_PARTY,
      });
      const { credentialId: CredentialId } = authenticator;
      yield ["CompleteWebAuthnRegistration", { AccessToken, Credential }, {}];
      yield [
        "ListWebAuthnCredentials",
        { AccessToken },
        {
          Credentials: [
            {
              AuthenticatorAttachment: "platform",
              AuthenticatorTransports: ["internal"],
              CreatedAt: TIME,
              CredentialId,
              FriendlyCredentialName: TEXT,
              RelyingPartyId: RELYING_PARTY,
            },
          ],
        },
      ];
      const challenge = yield [
        "InitiateAuth",
        {
          ClientId,
          AuthFlow: "USER_AUTH",
          AuthParameters: { USERNAME: "testuser", PREFERRED_CHALLENGE: "WEB_AUTHN" },
        },
        {
          AvailableChallenges: ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "WEB_AUTHN"],
          ChallengeName: "WEB_AUTHN",
          ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: TEXT },
          Session: TEXT,
        },
      ];
      expect(JSON.parse(challenge.ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS)).toEqual({
        challenge: TEXT,
        timeout: 180_000,
        rpId: RELYING_PARTY,
        allowCredentials: [{ type: "public-key", id: CredentialId, transports: ["internal"] }],
        userVerification: "preferred",
      });
    },
  },
  ...demanded.map(
    ([pool, factors, user, attributes, asked]): RecordedAnswer => ({
      title: `a pool that demands ${pool} asks a user with ${user} for ${asked}`,
      origin: "RT aws-amplify/amplify-flutter integration_test",
      async *play(world) {
        const { UserPoolId, ClientId } = await demandingPool(world, factors);
        await world.user(UserPoolId, "bob", {
          UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
        });
        const answer: Answer = yield ["InitiateAuth", passwordSignIn(ClientId, "bob")];
        expect(answer.ChallengeName).toBe(asked);
      },
    }),
  ),
];
