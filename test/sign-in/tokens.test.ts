import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUserGlobalSignOutCommand,
  CreateUserPoolClientCommand,
  DeleteUserPoolClientCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CognitoJwtVerifier, JwtVerifier } from "aws-jwt-verify";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConfirmedUser, createPoolAndClient, startTestServer } from "../support/server.ts";
import { keySet, openSignIns, PASSWORD, refused, type SignInScene } from "./sign-in-scene.ts";

let scene: SignInScene;
beforeAll(async () => {
  scene = await openSignIns();
});
afterAll(() => scene.stop());

describe("tokens", () => {
  it("are accepted by verifiers that know only the issuer", async () => {
    const { poolId, clientId, settle } = await scene.poolWithJane();
    await settle();
    const { AuthenticationResult } = await scene.signIn(clientId);
    const { AccessToken = "", IdToken = "" } = AuthenticationResult ?? {};
    const issuer = `${scene.server.url}/${poolId}`;
    const jwksUri = `${issuer}/.well-known/jwks.json`;

    const id = await jwtVerify(IdToken, createRemoteJWKSet(new URL(jwksUri)), { issuer, audience: clientId });
    expect(id.payload).toMatchObject({ token_use: "id", "cognito:username": "jane" });

    const keys = await keySet(issuer);
    const verifier = JwtVerifier.create({ issuer, audience: null, jwksUri });
    verifier.cacheJwks(keys);
    expect(verifier.verifySync(AccessToken)).toMatchObject({ token_use: "access", client_id: clientId });

    // The verifier that derives the issuer from the pool's id takes Cognito's own issuer alone.
    const ofCognito = CognitoJwtVerifier.create({ userPoolId: poolId, clientId, tokenUse: "access" });
    ofCognito.cacheJwks(keys);
    expect(() => ofCognito.verifySync(AccessToken)).toThrow(/issuer/i);
    expect(decodeProtectedHeader(IdToken).kid).not.toBe(decodeProtectedHeader(AccessToken).kid);
  });

  it("are refreshed until the refresh token is revoked, and are then rejected", async () => {
    const { clientId, settle } = await scene.poolWithJane();
    await settle();
    const { AuthenticationResult } = await scene.signIn(clientId);
    const { AccessToken, RefreshToken = "" } = AuthenticationResult ?? {};
    const refresh = () =>
      scene.app.send(
        new InitiateAuthCommand({
          ClientId: clientId,
          AuthFlow: "REFRESH_TOKEN_AUTH",
          AuthParameters: { REFRESH_TOKEN: RefreshToken },
        }),
      );
    const refreshed = await refresh();
    expect(refreshed.AuthenticationResult?.RefreshToken).toBeUndefined();
    const tokens = [AccessToken, refreshed.AuthenticationResult?.AccessToken];

    await scene.app.send(new RevokeTokenCommand({ ClientId: clientId, Token: RefreshToken }));
    await expect(refresh()).rejects.toMatchObject(
      refused("NotAuthorizedException", "Refresh Token has been revoked"),
    );
    for (const token of tokens) {
      await expect(scene.app.send(new GetUserCommand({ AccessToken: token }))).rejects.toMatchObject(
        refused("NotAuthorizedException", "Access Token has been revoked"),
      );
    }
  });

  it("rotate for clients with rotation: a replaced one is rejected, and the newest one is accepted", async () => {
    const { clientId, settle } = await scene.poolWithJane({
      client: {
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
      },
    });
    await settle();
    const renew = (RefreshToken: string | undefined) =>
      scene.app.send(new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken }));
    const first = (await scene.signIn(clientId)).AuthenticationResult?.RefreshToken;
    const second = (await renew(first)).AuthenticationResult?.RefreshToken;
    expect(second).toBeDefined();
    await expect(renew(first)).rejects.toMatchObject({ name: "RefreshTokenReuseException" });
    expect((await renew(second)).AuthenticationResult?.RefreshToken).toBeDefined();
  });

  it.each([
    ["the user", "GlobalSignOut"],
    ["an administrator", "AdminUserGlobalSignOut"],
  ])("are all revoked when %s signs out everywhere by %s", async (_, operation) => {
    const { clientId, named, settle } = await scene.poolWithJane();
    await settle();
    const [one, two] = [await scene.signIn(clientId), await scene.signIn(clientId)];
    const [AccessToken, other] = [one, two].map((answer) => answer.AuthenticationResult?.AccessToken);
    if (operation === "GlobalSignOut") await scene.app.send(new GlobalSignOutCommand({ AccessToken }));
    else await scene.server.cognito.send(new AdminUserGlobalSignOutCommand(named));
    for (const token of [AccessToken, other]) {
      await expect(scene.app.send(new GetUserCommand({ AccessToken: token }))).rejects.toMatchObject(
        refused("NotAuthorizedException", "Access Token has been revoked"),
      );
    }
    expect((await scene.signIn(clientId)).AuthenticationResult).toBeDefined();
  });

  it("are rejected once the user is disabled, even after the user is enabled again", async () => {
    const { clientId, named, settle } = await scene.poolWithJane();
    await settle();
    const { AuthenticationResult } = await scene.signIn(clientId);
    const whoAmI = () =>
      scene.app.send(new GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken }));
    await scene.server.cognito.send(new AdminDisableUserCommand(named));
    await expect(whoAmI()).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(scene.signIn(clientId)).rejects.toMatchObject(
      refused("NotAuthorizedException", "User is disabled."),
    );
    await scene.server.cognito.send(new AdminEnableUserCommand(named));
    await expect(whoAmI()).rejects.toMatchObject(
      refused("NotAuthorizedException", "Access Token has been revoked"),
    );
    await scene.server.cognito.send(new AdminDeleteUserCommand(named));
    await expect(whoAmI()).rejects.toMatchObject(refused("UserNotFoundException", "User does not exist."));
  });

  it("of a deleted client are rejected", async () => {
    const { poolId, clientId, settle } = await scene.poolWithJane();
    await settle();
    const { AuthenticationResult } = await scene.signIn(clientId);
    await scene.server.cognito.send(
      new DeleteUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }),
    );
    await expect(
      scene.app.send(new GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  it("of a deleted client are rejected even if a new client has its id", async () => {
    const fixed = { ClientName: "_custom_id_:oncemore" };
    const { poolId, clientId, settle } = await scene.poolWithJane({ client: fixed });
    expect(clientId).toBe("oncemore");
    await settle();
    const { AuthenticationResult } = await scene.signIn(clientId);
    const { AccessToken, RefreshToken = "" } = AuthenticationResult ?? {};
    await scene.server.cognito.send(
      new DeleteUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }),
    );
    await scene.server.cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId: poolId,
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        ...fixed,
      }),
    );
    await expect(scene.app.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject(
      refused("NotAuthorizedException", "Access Token has been revoked"),
    );
    const refresh = new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    });
    await expect(scene.app.send(refresh)).rejects.toMatchObject(
      refused("NotAuthorizedException", "Refresh Token has different Client"),
    );
    expect(await scene.signIn(clientId)).toHaveProperty("AuthenticationResult.AccessToken");
  });

  it.each([
    ["é", "Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+"],
    [undefined, "Member must not be null"],
  ])(
    "that are malformed (%s) are rejected by the validation of the API model",
    async (AccessToken, constraint) => {
      await expect(scene.app.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
        name: "InvalidParameterException",
        message: expect.stringContaining(`at 'accessToken' failed to satisfy constraint: ${constraint}`),
      });
    },
  );
});

describe("a server whose issuer has the form that AWS uses", () => {
  it("issues tokens that CognitoJwtVerifier accepts when it is given the keys", async () => {
    const aws = await startTestServer({ issuer: "aws" });
    try {
      const { poolId, clientId } = await createPoolAndClient(aws.cognito);
      const named = { UserPoolId: poolId, Username: "jane" };
      await createConfirmedUser(aws.cognito, { ...named, Password: PASSWORD });
      const { AuthenticationResult } = await aws.cognito.send(
        new InitiateAuthCommand({
          ClientId: clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "jane", PASSWORD },
        }),
      );
      const verifier = CognitoJwtVerifier.create({ userPoolId: poolId, clientId, tokenUse: "id" });
      verifier.cacheJwks(await keySet(`${aws.url}/${poolId}`));
      expect(verifier.verifySync(AuthenticationResult?.IdToken ?? "")).toMatchObject({
        iss: `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`,
      });
      const user = await aws.cognito.send(
        new GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken }),
      );
      expect(user.Username).toBe("jane");
    } finally {
      await aws.stop();
    }
  });
});
