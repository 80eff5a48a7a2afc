import {
  AdminCreateUserCommand,
  type AdminCreateUserCommandInput,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  DeleteUserPoolClientCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CognitoJwtVerifier, JwtVerifier } from "aws-jwt-verify";
import type { Jwks } from "aws-jwt-verify/jwk";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretHash } from "../../src/crypto/index.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

const TEMPORARY = "Temporary-1";
const PASSWORD = "Permanent-1";

let server: TestServer;
/** As an app has it: without credentials. */
let app: CognitoIdentityProviderClient;
beforeAll(async () => {
  server = await startTestServer();
  app = new CognitoIdentityProviderClient({
    endpoint: server.url,
    region: "us-east-1",
  });
});
afterAll(async () => {
  app.destroy();
  await server.stop();
});

const refused = (name: string, message: string) => ({ name, message, $metadata: { httpStatusCode: 400 } });

async function poolWithJane({
  pool,
  client,
  user,
}: {
  pool?: Partial<CreateUserPoolCommandInput>;
  client?: Partial<CreateUserPoolClientCommandInput>;
  user?: Partial<AdminCreateUserCommandInput>;
} = {}) {
  const made = await createPoolAndClient(server.cognito, pool, client);
  const named = { UserPoolId: made.poolId, Username: "jane" };
  await server.cognito.send(
    new AdminCreateUserCommand({
      ...named,
      MessageAction: "SUPPRESS",
      TemporaryPassword: TEMPORARY,
      ...user,
    }),
  );
  const settle = () =>
    server.cognito.send(new AdminSetUserPasswordCommand({ ...named, Password: PASSWORD, Permanent: true }));
  return { ...made, named, settle };
}

async function keySet(issuer: string): Promise<Jwks> {
  return (await fetch(`${issuer}/.well-known/jwks.json`)).json() as Promise<Jwks>;
}

const signIn = (ClientId: string, parameters: Record<string, string> = {}) =>
  app.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "jane", PASSWORD, ...parameters },
    }),
  );

describe("signing in through the JavaScript SDK, without credentials", () => {
  it("goes from a temporary password to tokens", async () => {
    const { clientId } = await poolWithJane();
    const challenge = await signIn(clientId, { PASSWORD: TEMPORARY });
    expect(challenge).toMatchObject({
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      ChallengeParameters: { USER_ID_FOR_SRP: "jane", requiredAttributes: "[]", userAttributes: "{}" },
      Session: expect.any(String),
    });
    expect(challenge.AuthenticationResult).toBeUndefined();

    const answer = {
      ClientId: clientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session: challenge.Session,
    } as const;
    const withPassword = (NEW_PASSWORD: string) =>
      app.send(
        new RespondToAuthChallengeCommand({
          ...answer,
          ChallengeResponses: { USERNAME: "jane", NEW_PASSWORD },
        }),
      );
    await expect(withPassword("weak")).rejects.toMatchObject(
      refused("InvalidPasswordException", "Password does not conform to policy: Password not long enough"),
    );
    const done = await withPassword(PASSWORD);
    expect(done.ChallengeParameters).toEqual({});
    expect(done.AuthenticationResult).toMatchObject({ ExpiresIn: 3600, TokenType: "Bearer" });
    await expect(withPassword(PASSWORD)).rejects.toMatchObject(
      refused("NotAuthorizedException", "Invalid session for the user, session can only be used once."),
    );
    const user = await app.send(new GetUserCommand({ AccessToken: done.AuthenticationResult?.AccessToken }));
    expect(user).toMatchObject({ Username: "jane", UserAttributes: [{ Name: "sub" }] });
  });

  it("accepts exactly one of several concurrent answers", async () => {
    const { clientId } = await poolWithJane();
    const { Session } = await signIn(clientId, { PASSWORD: TEMPORARY });
    const answers = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) =>
        app.send(
          new RespondToAuthChallengeCommand({
            ClientId: clientId,
            ChallengeName: "NEW_PASSWORD_REQUIRED",
            Session,
            ChallengeResponses: { USERNAME: "jane", NEW_PASSWORD: `${PASSWORD}${index}` },
          }),
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("rejects an expired Session", async () => {
    const { clientId } = await poolWithJane();
    const { Session } = await signIn(clientId, { PASSWORD: TEMPORARY });
    server.clock?.advance(3 * 60 * 1000);
    const answer = app.send(
      new RespondToAuthChallengeCommand({
        ClientId: clientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: { USERNAME: "jane", NEW_PASSWORD: PASSWORD },
      }),
    );
    await expect(answer).rejects.toMatchObject(
      refused("NotAuthorizedException", "Invalid session for the user, session is expired."),
    );
    server.clock?.reset();
  });

  it("rejects a Session that is too short", async () => {
    const { clientId } = await poolWithJane();
    const answer = app.send(
      new RespondToAuthChallengeCommand({
        ClientId: clientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: "short",
        ChallengeResponses: { USERNAME: "jane", NEW_PASSWORD: PASSWORD },
      }),
    );
    await expect(answer).rejects.toMatchObject(
      refused(
        "InvalidParameterException",
        "1 validation error detected: Value at 'session' failed to satisfy constraint: Member must have length greater than or equal to 20",
      ),
    );
  });

  it("rejects a wrong password, an unknown user, an unknown client and an unknown flow", async () => {
    const { clientId, settle } = await poolWithJane();
    await settle();
    await expect(signIn(clientId, { PASSWORD: "Wrong-1234" })).rejects.toMatchObject(
      refused("NotAuthorizedException", "Incorrect username or password."),
    );
    await expect(signIn(clientId, { USERNAME: "john" })).rejects.toMatchObject(
      refused("UserNotFoundException", "User does not exist."),
    );
    await expect(signIn("nobody")).rejects.toMatchObject(
      refused("ResourceNotFoundException", "User pool client nobody does not exist."),
    );
    const AuthFlow = "user_password_auth" as "USER_PASSWORD_AUTH";
    await expect(app.send(new InitiateAuthCommand({ ClientId: clientId, AuthFlow }))).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining("at 'authFlow' failed to satisfy constraint"),
    });
  });

  it("requires SECRET_HASH from a client with a secret", async () => {
    const { clientId, clientSecret = "", settle } = await poolWithJane({ client: { GenerateSecret: true } });
    await settle();
    await expect(signIn(clientId)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    const SECRET_HASH = secretHash(clientSecret, "jane", clientId);
    const { AuthenticationResult } = await signIn(clientId, { SECRET_HASH });
    const refreshed = await app.send(
      new GetTokensFromRefreshTokenCommand({
        ClientId: clientId,
        ClientSecret: clientSecret,
        RefreshToken: AuthenticationResult?.RefreshToken,
      }),
    );
    expect(refreshed.AuthenticationResult?.AccessToken).toBeDefined();
  });

  it("locks a user out after five wrong passwords until the lockout ends", async () => {
    const { clientId, settle } = await poolWithJane();
    await settle();
    for (let failure = 1; failure <= 5; failure++) {
      await expect(signIn(clientId, { PASSWORD: "Wrong-1234" })).rejects.toMatchObject(
        refused("NotAuthorizedException", "Incorrect username or password."),
      );
    }
    await expect(signIn(clientId)).rejects.toMatchObject(
      refused("NotAuthorizedException", "Password attempts exceeded"),
    );
    server.clock?.advance(1000);
    expect((await signIn(clientId)).AuthenticationResult).toBeDefined();
  });
});

describe("signing in on an administrator's behalf", () => {
  it("follows the same steps with signed requests", async () => {
    const { poolId, clientId } = await poolWithJane();
    const party = { UserPoolId: poolId, ClientId: clientId };
    const { Session } = await server.cognito.send(
      new AdminInitiateAuthCommand({
        ...party,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane", PASSWORD: TEMPORARY },
      }),
    );
    const ChallengeResponses = { USERNAME: "jane", NEW_PASSWORD: PASSWORD };
    const answer = { ChallengeName: "NEW_PASSWORD_REQUIRED", Session, ChallengeResponses } as const;
    await expect(
      app.send(new RespondToAuthChallengeCommand({ ClientId: clientId, ...answer })),
    ).rejects.toMatchObject(refused("NotAuthorizedException", "Invalid session for the user."));
    const done = await server.cognito.send(new AdminRespondToAuthChallengeCommand({ ...party, ...answer }));
    expect(done.AuthenticationResult?.RefreshToken).toBeDefined();
  });
});

describe("tokens", () => {
  it("are accepted by verifiers that know only the issuer", async () => {
    const { poolId, clientId, settle } = await poolWithJane();
    await settle();
    const { AuthenticationResult } = await signIn(clientId);
    const { AccessToken = "", IdToken = "" } = AuthenticationResult ?? {};
    const issuer = `${server.url}/${poolId}`;
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

  it("are refreshed until the refresh token is revoked, and are then refused", async () => {
    const { clientId, settle } = await poolWithJane();
    await settle();
    const { AuthenticationResult } = await signIn(clientId);
    const { AccessToken, RefreshToken = "" } = AuthenticationResult ?? {};
    const refresh = () =>
      app.send(
        new InitiateAuthCommand({
          ClientId: clientId,
          AuthFlow: "REFRESH_TOKEN_AUTH",
          AuthParameters: { REFRESH_TOKEN: RefreshToken },
        }),
      );
    const refreshed = await refresh();
    expect(refreshed.AuthenticationResult?.RefreshToken).toBeUndefined();
    const tokens = [AccessToken, refreshed.AuthenticationResult?.AccessToken];

    await app.send(new RevokeTokenCommand({ ClientId: clientId, Token: RefreshToken }));
    await expect(refresh()).rejects.toMatchObject(
      refused("NotAuthorizedException", "Refresh Token has been revoked"),
    );
    for (const token of tokens) {
      await expect(app.send(new GetUserCommand({ AccessToken: token }))).rejects.toMatchObject(
        refused("NotAuthorizedException", "Access Token has been revoked"),
      );
    }
  });

  it("rotate for clients with rotation, and a replaced one is refused while the newest goes on", async () => {
    const { clientId, settle } = await poolWithJane({
      client: {
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
      },
    });
    await settle();
    const renew = (RefreshToken: string | undefined) =>
      app.send(new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken }));
    const first = (await signIn(clientId)).AuthenticationResult?.RefreshToken;
    const second = (await renew(first)).AuthenticationResult?.RefreshToken;
    expect(second).toBeDefined();
    await expect(renew(first)).rejects.toMatchObject({ name: "RefreshTokenReuseException" });
    expect((await renew(second)).AuthenticationResult?.RefreshToken).toBeDefined();
  });

  it.each([
    ["the user", "GlobalSignOut"],
    ["an administrator", "AdminUserGlobalSignOut"],
  ])("all end when %s signs out everywhere, by %s", async (_, operation) => {
    const { clientId, named, settle } = await poolWithJane();
    await settle();
    const [one, two] = [await signIn(clientId), await signIn(clientId)];
    const [AccessToken, other] = [one, two].map((answer) => answer.AuthenticationResult?.AccessToken);
    if (operation === "GlobalSignOut") await app.send(new GlobalSignOutCommand({ AccessToken }));
    else await server.cognito.send(new AdminUserGlobalSignOutCommand(named));
    for (const token of [AccessToken, other]) {
      await expect(app.send(new GetUserCommand({ AccessToken: token }))).rejects.toMatchObject(
        refused("NotAuthorizedException", "Access Token has been revoked"),
      );
    }
    expect((await signIn(clientId)).AuthenticationResult).toBeDefined();
  });

  it("end when the user is disabled and stay ended when the user is enabled again", async () => {
    const { clientId, named, settle } = await poolWithJane();
    await settle();
    const { AuthenticationResult } = await signIn(clientId);
    const whoAmI = () => app.send(new GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken }));
    await server.cognito.send(new AdminDisableUserCommand(named));
    await expect(whoAmI()).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(signIn(clientId)).rejects.toMatchObject(
      refused("NotAuthorizedException", "User is disabled."),
    );
    await server.cognito.send(new AdminEnableUserCommand(named));
    await expect(whoAmI()).rejects.toMatchObject(
      refused("NotAuthorizedException", "Access Token has been revoked"),
    );
    await server.cognito.send(new AdminDeleteUserCommand(named));
    await expect(whoAmI()).rejects.toMatchObject(refused("UserNotFoundException", "User does not exist."));
  });

  it("of a deleted client are refused", async () => {
    const { poolId, clientId, settle } = await poolWithJane();
    await settle();
    const { AuthenticationResult } = await signIn(clientId);
    await server.cognito.send(new DeleteUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }));
    await expect(
      app.send(new GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  it("of a deleted client are refused when a new client gets its id", async () => {
    const fixed = { ClientName: "_custom_id_:oncemore" };
    const { poolId, clientId, settle } = await poolWithJane({ client: fixed });
    expect(clientId).toBe("oncemore");
    await settle();
    const { AuthenticationResult } = await signIn(clientId);
    const { AccessToken, RefreshToken = "" } = AuthenticationResult ?? {};
    await server.cognito.send(new DeleteUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }));
    await server.cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId: poolId,
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        ...fixed,
      }),
    );
    await expect(app.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject(
      refused("NotAuthorizedException", "Access Token has been revoked"),
    );
    const refresh = new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    });
    await expect(app.send(refresh)).rejects.toMatchObject(
      refused("NotAuthorizedException", "Refresh Token has different Client"),
    );
    expect(await signIn(clientId)).toHaveProperty("AuthenticationResult.AccessToken");
  });

  it.each([
    ["é", "Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+"],
    [undefined, "Member must not be null"],
  ])("that are malformed (%s) are rejected by the validation", async (AccessToken, constraint) => {
    await expect(app.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining(`at 'accessToken' failed to satisfy constraint: ${constraint}`),
    });
  });
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
