import { expect } from "vitest";
import { type RecordedAnswer, TEXT } from "./entry.ts";
import { passwordSignIn } from "./world.ts";

const SMS = {
  SmsAuthenticationMessage: "Your code is {####}.",
  SmsConfiguration: {
    ExternalId: "external",
    SnsCallerArn: "arn:aws:iam::123456789012:role/service-role/sms",
    SnsRegion: "us-east-1",
  },
};

const RELYING_PARTY = "auth.example.com";

export const factors: readonly RecordedAnswer[] = [
  {
    title: "SetUserPoolMfaConfig and GetUserPoolMfaConfig with every factor",
    origin: "CLI set-user-pool-mfa-config, get-user-pool-mfa-config",
    async *play(world) {
      const UserPoolId = await world.pool({
        UserPoolTier: "ESSENTIALS",
        EmailConfiguration: {
          EmailSendingAccount: "DEVELOPER",
          SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
        },
      });
      const config = {
        EmailMfaConfiguration: { Message: "Your code is {####}", Subject: "OTP test" },
        MfaConfiguration: "OPTIONAL",
        SmsMfaConfiguration: SMS,
        SoftwareTokenMfaConfiguration: { Enabled: true },
        WebAuthnConfiguration: { RelyingPartyId: RELYING_PARTY, UserVerification: "preferred" },
      };
      yield ["SetUserPoolMfaConfig", { UserPoolId, ...config }, config];
      yield ["GetUserPoolMfaConfig", { UserPoolId }, config];
    },
  },
  {
    title: "AssociateSoftwareToken with an access token",
    origin: "CLI associate-software-token",
    async *play(world) {
      const UserPoolId = await world.pool();
      await world.call("SetUserPoolMfaConfig", {
        UserPoolId,
        MfaConfiguration: "OPTIONAL",
        SoftwareTokenMfaConfiguration: { Enabled: true },
      });
      const { id } = await world.client(UserPoolId);
      await world.user(UserPoolId, "testuser");
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(id, "testuser")];
      yield [
        "AssociateSoftwareToken",
        { AccessToken: AuthenticationResult.AccessToken },
        { SecretCode: expect.stringMatching(/^[A-Z2-7]+$/) },
      ];
    },
  },
  {
    title: "GetUserAuthFactors of a user with a password and e-mail codes",
    origin: "CLI get-user-auth-factors",
    async *play(world) {
      const UserPoolId = await world.pool({
        UserPoolTier: "ESSENTIALS",
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
      });
      const { id } = await world.client(UserPoolId);
      await world.user(UserPoolId, "testuser", {
        UserAttributes: [
          { Name: "email", Value: "test@example.com" },
          { Name: "email_verified", Value: "true" },
        ],
      });
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(id, "testuser")];
      yield [
        "GetUserAuthFactors",
        { AccessToken: AuthenticationResult.AccessToken },
        { ConfiguredUserAuthFactors: ["PASSWORD", "EMAIL_OTP"], Username: "testuser" },
      ];
    },
  },
  {
    title: "StartWebAuthnRegistration answers with an object, and ListWebAuthnCredentials with none yet",
    origin: "API StartWebAuthnRegistration, CLI",
    async *play(world) {
      const UserPoolId = await world.pool({
        UserPoolTier: "ESSENTIALS",
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
      });
      await world.call("SetUserPoolMfaConfig", {
        UserPoolId,
        MfaConfiguration: "OFF",
        WebAuthnConfiguration: { RelyingPartyId: RELYING_PARTY, UserVerification: "preferred" },
      });
      const { id } = await world.client(UserPoolId);
      await world.user(UserPoolId, "testuser");
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(id, "testuser")];
      const { AccessToken } = AuthenticationResult;
      yield [
        "StartWebAuthnRegistration",
        { AccessToken },
        {
          CredentialCreationOptions: {
            authenticatorSelection: {
              requireResidentKey: true,
              residentKey: "required",
              userVerification: "preferred",
            },
            challenge: TEXT,
            excludeCredentials: [],
            pubKeyCredParams: [
              { alg: -7, type: "public-key" },
              { alg: -257, type: "public-key" },
            ],
            rp: { id: RELYING_PARTY, name: RELYING_PARTY },
            timeout: 60000,
            user: { displayName: "testuser", id: TEXT, name: "testuser" },
          },
        },
      ];
      yield ["ListWebAuthnCredentials", { AccessToken }, { Credentials: [] }];
    },
  },
];
