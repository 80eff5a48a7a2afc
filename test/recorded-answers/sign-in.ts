import { expect } from "vitest";
import { type Json, type RecordedAnswer, refusal, TEXT } from "./entry.ts";
import { PASSWORD, passwordSignIn, refresh } from "./world.ts";

const TOKENS = {
  AccessToken: TEXT,
  ExpiresIn: 3600,
  IdToken: TEXT,
  RefreshToken: TEXT,
  TokenType: "Bearer",
};
const { RefreshToken: _, ...WITHOUT_REFRESH_TOKEN } = TOKENS;

const HEX = expect.stringMatching(/^[0-9a-f]+$/);

const srp = (ClientId: string, USERNAME: string, SRP_A = "a1".repeat(384)): Json => ({
  ClientId,
  AuthFlow: "USER_SRP_AUTH",
  AuthParameters: { USERNAME, SRP_A },
});

const verifierChallenge = (name: string) => ({
  ChallengeName: "PASSWORD_VERIFIER",
  ChallengeParameters: {
    SALT: HEX,
    SECRET_BLOCK: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
    SRP_B: HEX,
    USERNAME: name,
    USER_ID_FOR_SRP: name,
  },
});

const firstFactors = (AllowedFirstAuthFactors: readonly string[]) => ({
  UserPoolTier: "ESSENTIALS",
  Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
});

export const signIn: readonly RecordedAnswer[] = [
  {
    title: "InitiateAuth USER_PASSWORD_AUTH and REFRESH_TOKEN_AUTH",
    origin: "SFX login_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      const client = await world.client(UserPoolId);
      await world.user(UserPoolId, "owned-user");
      const { AuthenticationResult } = yield [
        "InitiateAuth",
        passwordSignIn(client.id, "owned-user"),
        { AuthenticationResult: TOKENS, ChallengeParameters: {} },
      ];
      yield [
        "InitiateAuth",
        refresh(client.id, AuthenticationResult.RefreshToken),
        { AuthenticationResult: WITHOUT_REFRESH_TOKEN, ChallengeParameters: {} },
      ];
    },
  },
  {
    title: "USER_PASSWORD_AUTH with a temporary password",
    origin: "SFX login_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      const client = await world.client(UserPoolId);
      await world.user(UserPoolId, "owned-user", { TemporaryPassword: PASSWORD });
      yield [
        "InitiateAuth",
        passwordSignIn(client.id, "owned-user"),
        {
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          ChallengeParameters: {
            USER_ID_FOR_SRP: "owned-user",
            requiredAttributes: "[]",
            userAttributes: "{}",
          },
          Session: TEXT,
        },
      ];
    },
  },
  {
    title: "USER_SRP_AUTH answers without a Session, also to an SRP_A of 0",
    origin: "SFX login_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      const client = await world.client(UserPoolId);
      await world.user(UserPoolId, "owned-user");
      yield ["InitiateAuth", srp(client.id, "owned-user"), verifierChallenge("owned-user")];
      yield ["InitiateAuth", srp(client.id, "owned-user", "0"), verifierChallenge("owned-user")];
    },
  },
  {
    title: "USER_SRP_AUTH of a user who is absent, with PreventUserExistenceErrors ENABLED",
    origin: "SFX admission_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      const hiding = { PreventUserExistenceErrors: "ENABLED" };
      const one = await world.client(UserPoolId, hiding);
      const other = await world.client(UserPoolId, hiding);
      const first = yield ["InitiateAuth", srp(one.id, "Nobody"), verifierChallenge("Nobody")];
      const again = yield ["InitiateAuth", srp(other.id, "Nobody"), verifierChallenge("Nobody")];
      const another = yield ["InitiateAuth", srp(one.id, "nobody2"), verifierChallenge("nobody2")];
      expect(again.ChallengeParameters.SALT).toBe(first.ChallengeParameters.SALT);
      expect(another.ChallengeParameters.SALT).not.toBe(first.ChallengeParameters.SALT);
      yield [
        "RespondToAuthChallenge",
        {
          ClientId: one.id,
          ChallengeName: "PASSWORD_VERIFIER",
          ChallengeResponses: {
            USERNAME: "Nobody",
            PASSWORD_CLAIM_SECRET_BLOCK: first.ChallengeParameters.SECRET_BLOCK,
            PASSWORD_CLAIM_SIGNATURE: "c2lnbmF0dXJl",
            TIMESTAMP: srpTimestamp(new Date()),
          },
        },
        refusal("NotAuthorizedException", "Incorrect username or password."),
      ];
    },
  },
  {
    title: "GetTokensFromRefreshToken without rotation, on LITE, with a superfluous secret and device key",
    origin: "SFX refresh_rotation_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      const { id: ClientId } = await world.client(UserPoolId);
      await world.user(UserPoolId, "owned-user");
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(ClientId, "owned-user")];
      const { RefreshToken } = AuthenticationResult;
      const answer = { AuthenticationResult: WITHOUT_REFRESH_TOKEN };
      yield ["GetTokensFromRefreshToken", { ClientId, RefreshToken }, answer];
      yield [
        "GetTokensFromRefreshToken",
        {
          ClientId,
          RefreshToken,
          ClientSecret: "aSecretThatNobodyAskedFor1",
          DeviceKey: "us-east-1_00000000-0000-4000-8000-000000000000",
        },
        answer,
      ];
    },
  },
  {
    title: "GetTokensFromRefreshToken with rotation",
    origin: "SFX refresh_rotation_workflows",
    async *play(world) {
      const UserPoolId = await world.pool({ UserPoolTier: "ESSENTIALS" });
      const { id: ClientId } = await world.client(UserPoolId, {
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenRotation: { Feature: "ENABLED" },
      });
      await world.user(UserPoolId, "owned-user");
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(ClientId, "owned-user")];
      const old = AuthenticationResult.RefreshToken;
      const rotated = yield [
        "GetTokensFromRefreshToken",
        { ClientId, RefreshToken: old },
        { AuthenticationResult: TOKENS },
      ];
      yield [
        "InitiateAuth",
        refresh(ClientId, rotated.AuthenticationResult.RefreshToken),
        refusal("UnsupportedOperationException", "This API does not support refresh token rotation"),
      ];
      yield [
        "GetTokensFromRefreshToken",
        { ClientId, RefreshToken: old },
        refusal("RefreshTokenReuseException", "Refresh token reuse detected"),
      ];
      yield [
        "GetTokensFromRefreshToken",
        { ClientId, RefreshToken: rotated.AuthenticationResult.RefreshToken },
        { AuthenticationResult: TOKENS },
      ];
    },
  },
  {
    title: "USER_AUTH with PREFERRED_CHALLENGE EMAIL_OTP",
    origin: "API InitiateAuth",
    async *play(world) {
      const UserPoolId = await world.pool(firstFactors(["PASSWORD", "EMAIL_OTP"]));
      const { id: ClientId } = await world.client(UserPoolId, { ExplicitAuthFlows: ["ALLOW_USER_AUTH"] });
      await world.user(UserPoolId, "testuser", {
        UserAttributes: [
          { Name: "email", Value: "test@example.com" },
          { Name: "email_verified", Value: "true" },
        ],
      });
      const { AvailableChallenges } = yield [
        "InitiateAuth",
        {
          ClientId,
          AuthFlow: "USER_AUTH",
          AuthParameters: { USERNAME: "testuser", PREFERRED_CHALLENGE: "EMAIL_OTP" },
        },
        {
          AvailableChallenges: expect.any(Array),
          ChallengeName: "EMAIL_OTP",
          ChallengeParameters: {
            CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL",
            CODE_DELIVERY_DESTINATION: "t***@e***",
          },
          Session: TEXT,
        },
      ];
      expect(AvailableChallenges.toSorted()).toEqual(["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"]);
    },
  },
  {
    title: "USER_AUTH without a preference, several factors",
    origin: "RT http4k/http4k ActualCognitoResponsesTest",
    async *play(world) {
      const UserPoolId = await world.pool(firstFactors(["PASSWORD", "EMAIL_OTP"]));
      const { id: ClientId } = await world.client(UserPoolId, { ExplicitAuthFlows: ["ALLOW_USER_AUTH"] });
      await world.user(UserPoolId, "testuser", {
        UserAttributes: [
          { Name: "email", Value: "test@example.com" },
          { Name: "email_verified", Value: "true" },
        ],
      });
      const { AvailableChallenges, ChallengeName } = yield [
        "InitiateAuth",
        { ClientId, AuthFlow: "USER_AUTH", AuthParameters: { USERNAME: "testuser" } },
      ];
      expect(ChallengeName).toBe("SELECT_CHALLENGE");
      expect(AvailableChallenges.toSorted()).toEqual(["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"]);
    },
  },
];

/** As the SRP clients of AWS write it: `Wed Sep 2 07:01:05 UTC 2026`. */
function srpTimestamp(date: Date): string {
  const [day, , month] = date.toUTCString().replace(",", "").split(" ");
  return `${day} ${month} ${date.getUTCDate()} ${date.toISOString().slice(11, 19)} UTC ${date.getUTCFullYear()}`;
}
