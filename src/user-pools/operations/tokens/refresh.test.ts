import { afterAll, describe, expect, it } from "vitest";
import { secretHash } from "../../../crypto/index.ts";
import type { AppClientRecord } from "../../../storage/index.ts";
import { testContext } from "../../testing.ts";
import { claimsOf, openScene, outcome, PASSWORD } from "../authentication/testing.ts";
import { operations } from "../registry.ts";
import { tokenCalls } from "./token-calls.ts";

const { AdminInitiateAuth: adminInitiateAuth, InitiateAuth: initiateAuth } = operations;

const SECRET = "examplesecret1234567890";
const OTHER_CLIENT = "NotAuthorizedException: Refresh Token has different Client";
const INVALID = "NotAuthorizedException: Invalid Refresh Token";
const REVOKED = "NotAuthorizedException: Refresh Token has been revoked";
const REUSED = "RefreshTokenReuseException: Refresh token reuse detected";
const DAY = 24 * 60 * 60 * 1000;

const context = await testContext();
afterAll(() => context.store.close());
const { scene, signIn, refresh, renew, whoIs } = tokenCalls(context);

describe("refreshing", () => {
  it("returns new ID and access tokens and no refresh token", async () => {
    const here = await scene();
    const { RefreshToken } = await signIn(here);
    expect(await refresh(here, RefreshToken)).toEqual({
      ChallengeParameters: {},
      AuthenticationResult: {
        AccessToken: expect.any(String),
        ExpiresIn: 3600,
        TokenType: "Bearer",
        IdToken: expect.any(String),
      },
    });
  });

  it("can be repeated, with both names of the flow, both operations and GetTokensFromRefreshToken", async () => {
    const here = await scene();
    const { RefreshToken } = await signIn(here);
    for (const AuthFlow of ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"] as const) {
      const request = {
        ClientId: here.client.id,
        AuthFlow,
        AuthParameters: { REFRESH_TOKEN: RefreshToken },
      };
      expect((await initiateAuth(request, context)).AuthenticationResult?.AccessToken).toBeDefined();
      const admin = await adminInitiateAuth({ ...request, UserPoolId: here.pool.id }, context);
      expect(admin.AuthenticationResult?.AccessToken).toBeDefined();
    }
    expect(await renew(here, RefreshToken)).toEqual({
      AuthenticationResult: expect.not.objectContaining({ RefreshToken: expect.anything() }),
    });
  });

  it("keeps the sign-in's auth_time, origin_jti and event_id, and renews jti, iat and exp", async () => {
    const here = await scene();
    const first = await signIn(here);
    context.clock.advance(60_000);
    const { AuthenticationResult } = await refresh(here, first.RefreshToken);
    for (const kind of ["AccessToken", "IdToken"] as const) {
      const [before, after] = [claimsOf(first[kind]), claimsOf(AuthenticationResult?.[kind])];
      const { auth_time, origin_jti, event_id } = before;
      expect(after).toMatchObject({ auth_time, origin_jti, event_id });
      expect(after.jti).not.toBe(before.jti);
      expect(after.iat).toBe(Number(before.iat) + 60);
      expect(after.exp).toBe(Number(before.exp) + 60);
    }
  });

  it("uses the current state of the user", async () => {
    const here = await scene();
    const { RefreshToken } = await signIn(here);
    await context.store.users.update(here.pool.id, here.user.sub, (user) => ({
      ...user,
      attributes: { ...user.attributes, email: "new@example.com" },
    }));
    await context.store.groups.insert({
      poolId: here.pool.id,
      name: "staff",
      createdAt: 0,
      lastModifiedAt: 0,
    });
    await context.store.groups.addMember(here.pool.id, "staff", here.user.sub, 0);
    const { AuthenticationResult } = await refresh(here, RefreshToken);
    expect(claimsOf(AuthenticationResult?.IdToken)).toMatchObject({
      email: "new@example.com",
      "cognito:groups": ["staff"],
    });
    expect(claimsOf(AuthenticationResult?.AccessToken)["cognito:groups"]).toEqual(["staff"]);
  });

  it("succeeds until the refresh token expires, after 30 days by default", async () => {
    const here = await scene();
    const { RefreshToken } = await signIn(here);
    context.clock.advance(30 * DAY - 1);
    expect((await refresh(here, RefreshToken)).AuthenticationResult).toBeDefined();
    context.clock.advance(1);
    const expired = "NotAuthorizedException: Refresh Token has expired";
    expect(await outcome(refresh(here, RefreshToken))).toBe(expired);
    await context.store.maintenance.deleteExpired(context.clock.now() + DAY + 1);
    expect(await outcome(refresh(here, RefreshToken))).toBe(expired);
  });

  it("uses the client's RefreshTokenValidity and its unit", async () => {
    const here = await scene({
      client: { RefreshTokenValidity: 90, TokenValidityUnits: { RefreshToken: "minutes" } },
    });
    const { RefreshToken } = await signIn(here);
    context.clock.advance(90 * 60_000 - 1);
    expect((await refresh(here, RefreshToken)).AuthenticationResult).toBeDefined();
    context.clock.advance(1);
    expect(await outcome(refresh(here, RefreshToken))).toMatch(/has expired$/);
  });

  it("rejects a missing token", async () => {
    const here = await scene();
    expect(await outcome(refresh(here, ""))).toBe(
      "InvalidParameterException: Missing required parameter REFRESH_TOKEN",
    );
  });
});

describe("a refresh token", () => {
  it.each(["x", "a.b.c.d.e", "eyJhbGciOiJub25lIn0..", "é"])(
    "is rejected if it was invented: %s",
    async (madeUp) => {
      const here = await scene();
      expect(await outcome(refresh(here, madeUp))).toBe(INVALID);
      expect(await outcome(renew(here, madeUp))).toBe(INVALID);
    },
  );

  it("is rejected with one changed character at any position", async () => {
    const here = await scene();
    const { RefreshToken: token } = await signIn(here);
    for (let index = 0; index < token.length; index += 5) {
      const altered = `${token.slice(0, index)}${token[index] === "A" ? "B" : "A"}${token.slice(index + 1)}`;
      expect(await outcome(refresh(here, altered))).toBe(INVALID);
    }
  });

  it("is rejected if it is an ID token, an access token or a Session", async () => {
    const here = await scene();
    const { AccessToken, IdToken } = await signIn(here);
    await here.addUser({ username: "bob", temporary: true });
    const { Session = "" } = await initiateAuth(
      {
        ClientId: here.client.id,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "bob", PASSWORD },
      },
      context,
    );
    for (const other of [AccessToken, IdToken, Session]) {
      expect(await outcome(refresh(here, other))).toBe(INVALID);
    }
  });

  it("is rejected for another client or pool", async () => {
    const [here, elsewhere] = [await scene(), await scene()];
    const { RefreshToken } = await signIn(here);
    expect(await outcome(refresh({ client: await here.addClient() }, RefreshToken))).toBe(OTHER_CLIENT);
    expect(await outcome(refresh(elsewhere, RefreshToken))).toBe(INVALID);
  });

  it("is rejected after its client was deleted, even if a new client has the same id", async () => {
    const here = await scene();
    const { RefreshToken } = await signIn(here);
    await context.store.clients.delete(here.client.id);
    await context.store.clients.insert({ ...here.client, createdAt: here.client.createdAt + 1 });
    expect(await outcome(refresh(here, RefreshToken))).toBe(OTHER_CLIENT);
    expect(await outcome(renew(here, RefreshToken))).toBe(OTHER_CLIENT);
  });

  it("of a client with a secret needs a SECRET_HASH over the username, not over an alias, or the secret itself as the AWS mobile SDKs send it", async () => {
    const here = await openScene({ context, secret: SECRET, pool: { AliasAttributes: ["email"] } });
    await here.addUser({ attributes: { email: "a@example.com", email_verified: "true" } });
    const hash = (name: string) => secretHash(SECRET, name, here.client.id);
    const { RefreshToken } = await signIn(here, {
      USERNAME: "a@example.com",
      SECRET_HASH: hash("a@example.com"),
    });
    expect(await outcome(refresh(here, RefreshToken))).toMatch(/SECRET_HASH was not received$/);
    expect(await outcome(refresh(here, RefreshToken, { SECRET_HASH: hash("a@example.com") }))).toBe(
      `NotAuthorizedException: SecretHash does not match for the client: ${here.client.id}`,
    );
    // A USERNAME beside the token does not count.
    const named = { USERNAME: "a@example.com", SECRET_HASH: hash("alice") };
    expect((await refresh(here, RefreshToken, named)).AuthenticationResult).toBeDefined();
    for (const SECRET_HASH of [hash("alice"), SECRET]) {
      const answer = await refresh(here, RefreshToken, { SECRET_HASH });
      expect(answer.AuthenticationResult?.AccessToken).toBeDefined();
    }
  });

  it("of a client with a secret needs the secret itself at GetTokensFromRefreshToken", async () => {
    const here = await scene({ secret: SECRET });
    const SECRET_HASH = secretHash(SECRET, "alice", here.client.id);
    const { RefreshToken } = await signIn(here, { SECRET_HASH });
    expect(await outcome(renew(here, RefreshToken))).toBe(
      `NotAuthorizedException: Client ${here.client.id} is configured for secret but secret was not received`,
    );
    expect(await outcome(renew(here, RefreshToken, "wrong"))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${here.client.id}`,
    );
    expect((await renew(here, RefreshToken, SECRET)).AuthenticationResult?.AccessToken).toBeDefined();
  });

  it("of a client without a secret can be sent with a secret, which is ignored", async () => {
    const here = await scene();
    const { RefreshToken } = await signIn(here);
    expect((await renew(here, RefreshToken, "any")).AuthenticationResult?.AccessToken).toBeDefined();
  });

  it("of a disabled user is rejected", async () => {
    const here = await scene();
    const { RefreshToken } = await signIn(here);
    await context.store.users.update(here.pool.id, here.user.sub, (user) => ({ ...user, enabled: false }));
    expect(await outcome(refresh(here, RefreshToken))).toBe("NotAuthorizedException: User is disabled.");
  });

  it("of a deleted user is rejected, even if a new user takes the name", async () => {
    const here = await scene();
    const { RefreshToken } = await signIn(here);
    await context.store.users.delete(here.pool.id, here.user.sub);
    await here.addUser();
    expect(await outcome(refresh(here, RefreshToken))).toBe(
      "NotAuthorizedException: The user has been deleted for the associated refresh token",
    );
  });

  it("of a deleted client is rejected, even if a new client has its id", async () => {
    const here = await scene();
    const { RefreshToken } = await signIn(here);
    await context.store.clients.delete(here.client.id);
    await context.store.clients.insert(here.client);
    expect(await outcome(refresh(here, RefreshToken))).toBe(REVOKED);
  });

  it("of an unknown client is rejected", async () => {
    expect(await outcome(renew({ client: { id: "nobody" } as AppClientRecord }, "token"))).toBe(
      "ResourceNotFoundException: User pool client nobody does not exist.",
    );
  });
});

describe("rotation of refresh tokens", () => {
  const rotating = (RetryGracePeriodSeconds = 0) =>
    scene({ client: { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds } } });
  const rotate = async (here: { client: AppClientRecord }, token: string) =>
    (await renew(here, token)).AuthenticationResult?.RefreshToken ?? "";

  it("returns a new refresh token each time, and the old one is rejected immediately", async () => {
    const here = await rotating();
    const { RefreshToken: first } = await signIn(here);
    const second = await rotate(here, first);
    const third = await rotate(here, second);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await outcome(renew(here, first))).toBe(REUSED);
  });

  it("keeps what the first refresh token says of the sign-in", async () => {
    const here = await scene({
      pool: { AcrConfiguration: {} },
      client: { RefreshTokenRotation: { Feature: "ENABLED" } },
    });
    let { RefreshToken } = await signIn(here);
    for (const _ of [1, 2, 3]) {
      const { AuthenticationResult } = await renew(here, RefreshToken);
      expect(claimsOf(AuthenticationResult?.AccessToken)).toMatchObject({ amr: ["pwd"] });
      RefreshToken = AuthenticationResult?.RefreshToken ?? "";
    }
  });

  it("rejects an old one, while the newest stays valid", async () => {
    const here = await rotating();
    const { RefreshToken: first } = await signIn(here);
    const { AuthenticationResult } = await renew(here, first);
    expect(await outcome(renew(here, first))).toBe(REUSED);
    expect(await rotate(here, AuthenticationResult?.RefreshToken ?? "")).not.toBe("");
    expect(await whoIs(AuthenticationResult?.AccessToken ?? "")).toMatchObject({ Username: "alice" });
    expect(context.warnings).toContainEqual(expect.objectContaining({ sub: here.user.sub }));
  });

  it("allows a retry within the grace period, which replaces the token of the previous answer", async () => {
    const here = await rotating(10);
    const { RefreshToken: first } = await signIn(here);
    const answers = await Promise.all([rotate(here, first), rotate(here, first), rotate(here, first)]);
    expect(new Set(answers).size).toBe(3);
    for (const answer of answers) expect(answer).not.toBe("");
    context.clock.advance(9_999);
    const latest = await rotate(here, first);
    for (const replaced of answers) expect(await outcome(renew(here, replaced))).toBe(REUSED);
    context.clock.advance(1);
    expect(await outcome(renew(here, first))).toBe(REUSED);
    expect(await rotate(here, latest)).not.toBe("");
  });

  it("rejects a revoked token with NotAuthorizedException", async () => {
    const here = await rotating();
    const { RefreshToken: first } = await signIn(here);
    const second = await rotate(here, first);
    await operations.RevokeToken({ ClientId: here.client.id, Token: first }, context);
    expect(await outcome(renew(here, second))).toBe("NotAuthorizedException");
  });

  it("does not prolong the sign-in", async () => {
    const here = await rotating();
    const { RefreshToken: first } = await signIn(here);
    context.clock.advance(29 * DAY);
    const second = await rotate(here, first);
    context.clock.advance(DAY);
    expect(await outcome(renew(here, second))).toBe("NotAuthorizedException: Refresh Token has expired");
  });

  it("makes REFRESH_TOKEN_AUTH fail", async () => {
    const here = await rotating();
    const { RefreshToken } = await signIn(here);
    expect(await outcome(refresh(here, RefreshToken))).toBe(
      "UnsupportedOperationException: This API does not support refresh token rotation",
    );
  });

  it("keeps the newest token valid after it is switched off, but not the older ones", async () => {
    const here = await rotating();
    const { RefreshToken: first } = await signIn(here);
    const second = await rotate(here, first);
    await context.store.clients.update(here.client.id, (client) => ({
      ...client,
      settings: { ...client.settings, RefreshTokenRotation: { Feature: "DISABLED" } },
    }));
    expect(await outcome(refresh(here, first))).toBe(REVOKED);
    expect((await refresh(here, second)).AuthenticationResult?.AccessToken).toBeDefined();
  });
});
