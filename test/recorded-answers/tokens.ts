import { expect } from "vitest";
import type { Answer, Json, RecordedAnswer, Step } from "./entry.ts";
import { claimsOf, passwordSignIn, refresh, type World } from "./world.ts";

const ACCESS = "sub iss client_id origin_jti event_id token_use scope auth_time exp iat jti username".split(
  " ",
);
const ID = "sub iss cognito:username origin_jti aud event_id token_use auth_time exp iat jti".split(" ");

const names = (token: string) => Object.keys(claimsOf(token)).toSorted();

async function* signedIn(world: World, client: Json, pool: Json = {}): AsyncGenerator<Step, Answer, Answer> {
  const UserPoolId = await world.pool({
    Schema: [{ Name: "department", AttributeDataType: "String" }],
    ...pool,
  });
  const { id } = await world.client(UserPoolId, client);
  await world.user(UserPoolId, "owned-user", {
    UserAttributes: [
      { Name: "email", Value: "owned@example.com" },
      { Name: "email_verified", Value: "true" },
      { Name: "given_name", Value: "Owned" },
      { Name: "custom:department", Value: "engineering" },
    ],
  });
  const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(id, "owned-user")];
  return { ...AuthenticationResult, ClientId: id, UserPoolId };
}

export const tokens: readonly RecordedAnswer[] = [
  {
    title: "claims and headers of native tokens, their keys, and a refresh",
    origin: "SFX login, client_retirement, profile, group",
    async *play(world) {
      const { AccessToken, IdToken, RefreshToken, ClientId, UserPoolId } = yield* signedIn(world, {
        ReadAttributes: ["email"],
      });
      expect(names(AccessToken)).toEqual(ACCESS.toSorted());
      // A client that reads the address alone gets no email_verified.
      expect(names(IdToken)).toEqual([...ID, "email"].toSorted());
      const headers = [IdToken, AccessToken].map((token: string) =>
        JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()),
      );
      for (const header of headers) {
        expect(header).toEqual({ alg: "RS256", kid: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) });
      }
      const jwks = await fetch(`${world.server.url}/${UserPoolId}/.well-known/jwks.json`);
      expect(await jwks.json()).toEqual({
        keys: headers.map(({ kid }) => ({
          alg: "RS256",
          e: "AQAB",
          kid,
          kty: "RSA",
          n: expect.any(String),
          use: "sig",
        })),
      });
      const { AuthenticationResult } = yield ["InitiateAuth", refresh(ClientId, RefreshToken)];
      for (const [before, after] of [
        [AccessToken, AuthenticationResult.AccessToken],
        [IdToken, AuthenticationResult.IdToken],
      ]) {
        const { origin_jti, event_id, auth_time, jti } = claimsOf(before);
        const refreshed = claimsOf(after);
        expect(refreshed).toMatchObject({ origin_jti, event_id, auth_time });
        expect(refreshed.jti).not.toBe(jti);
      }
    },
  },
  {
    title: "an ID token with a custom attribute that is readable",
    origin: "SFX client_retirement",
    async *play(world) {
      const { IdToken } = yield* signedIn(world, {
        ReadAttributes: ["email", "given_name", "custom:department"],
      });
      expect(names(IdToken)).toEqual([...ID, "email", "given_name", "custom:department"].toSorted());
      expect(claimsOf(IdToken)["custom:department"]).toBe("engineering");
    },
  },
  {
    title: "EnableTokenRevocation false, without rotation",
    origin: "SFX refresh_rotation",
    async *play(world) {
      const { AccessToken, IdToken } = yield* signedIn(world, {
        EnableTokenRevocation: false,
        ReadAttributes: ["address"],
      });
      expect(names(AccessToken)).toEqual(ACCESS.filter((name) => name !== "origin_jti").toSorted());
      expect(names(IdToken)).toEqual(ID.filter((name) => name !== "origin_jti" && name !== "jti").toSorted());
    },
  },
  {
    title: "EnableTokenRevocation false, with rotation",
    origin: "SFX refresh_rotation",
    async *play(world) {
      const { IdToken, RefreshToken, ClientId } = yield* signedIn(
        world,
        {
          EnableTokenRevocation: false,
          ReadAttributes: ["address"],
          ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
          RefreshTokenRotation: { Feature: "ENABLED" },
        },
        { UserPoolTier: "ESSENTIALS" },
      );
      expect(names(IdToken)).toEqual(ID.toSorted());
      const { AuthenticationResult } = yield ["GetTokensFromRefreshToken", { ClientId, RefreshToken }];
      expect(claimsOf(AuthenticationResult.AccessToken).origin_jti).toBe(claimsOf(IdToken).origin_jti);
    },
  },
];
