import { afterAll, describe, expect, it } from "vitest";
import type { AppClientRecord, AppClientSettings } from "../storage/index.ts";
import { passwordCalls } from "../user-pools/operations/authentication/testing.ts";
import { operations } from "../user-pools/operations/registry.ts";
import { testContext } from "../user-pools/testing.ts";
import { oauthEndpoints } from "./testing.ts";

const SECRET = "aSecretOfTheClientItself123";
const INACTIVE = [200, { active: false }];

const context = await testContext();
afterAll(() => context.store.close());
const endpoints = oauthEndpoints(() => context);

/** A pool in which alice has signed in to a client, and a confidential client that asks about tokens. */
async function scene(settings: Partial<AppClientSettings> = {}) {
  const calls = passwordCalls(context);
  const here = await calls.scene({ client: settings });
  const user = await here.addUser();
  const { AuthenticationResult } = await calls.signIn(here);
  const { AccessToken = "", IdToken = "", RefreshToken = "" } = AuthenticationResult ?? {};
  // The token's client gets a secret after the sign-in, so that it can ask too.
  const secrets = [{ id: "secret", value: SECRET, createdAt: 0 }];
  await context.store.clients.update(here.client.id, (client) => ({ ...client, secrets }));
  const other = await here.addClient({}, SECRET);
  const introspect = (token: string, by: AppClientRecord = here.client) =>
    endpoints.post("/oauth2/introspect", { token, client_id: by.id, client_secret: SECRET });
  return { ...here, user, other, AccessToken, IdToken, RefreshToken, introspect };
}

describe("the state of an access token", () => {
  it("is told to every confidential client of the pool, and to none of another pool", async () => {
    const [here, elsewhere] = [await scene(), await scene()];
    const active = [
      200,
      expect.objectContaining({ active: true, client_id: here.client.id, username: "alice" }),
    ];
    expect(await here.introspect(here.AccessToken)).toEqual(active);
    expect(await here.introspect(here.AccessToken, here.other)).toEqual(active);
    expect(await elsewhere.introspect(here.AccessToken)).toEqual(INACTIVE);
  });

  it("is active until the token expires", async () => {
    const { AccessToken, introspect } = await scene();
    context.clock.advance(60 * 60_000 - 1);
    expect((await introspect(AccessToken))[1]).toMatchObject({ active: true });
    context.clock.advance(1);
    expect(await introspect(AccessToken)).toEqual(INACTIVE);
  });

  it("is inactive once its user is disabled or deleted", async () => {
    const { pool, user, AccessToken, introspect } = await scene();
    await context.store.users.update(pool.id, user.sub, (current) => ({ ...current, enabled: false }));
    expect(await introspect(AccessToken)).toEqual(INACTIVE);
    await context.store.users.delete(pool.id, user.sub);
    expect(await introspect(AccessToken)).toEqual(INACTIVE);
  });

  it("of a client alone names no user", async () => {
    const { pool, client, introspect } = await scene();
    const { AccessToken = "" } = await context.tokens.issueForClient({
      pool,
      client,
      scopes: ["api/read"],
      requestContext: context.request,
    });
    const [, state] = await introspect(AccessToken);
    expect(state).toMatchObject({ active: true, scope: "api/read", client_id: client.id, sub: client.id });
    expect(state).not.toHaveProperty("username");
  });
});

describe("the state of a refresh token", () => {
  const renew = async ({ client }: { client: AppClientRecord }, RefreshToken: string) => {
    const input = { ClientId: client.id, ClientSecret: SECRET, RefreshToken };
    const { AuthenticationResult } = await operations.GetTokensFromRefreshToken(input, context);
    return AuthenticationResult?.RefreshToken ?? "";
  };

  it("is told to its own client alone", async () => {
    const { client, user, other, RefreshToken, introspect } = await scene({ RefreshTokenValidity: 2 });
    expect(await introspect(RefreshToken)).toEqual([
      200,
      {
        active: true,
        scope: "aws.cognito.signin.user.admin",
        client_id: client.id,
        token_type: "refresh_token",
        exp: context.clock.now() / 1000 + 2 * 24 * 60 * 60,
        sub: user.sub,
      },
    ]);
    expect(await introspect(RefreshToken, other)).toEqual(INACTIVE);
  });

  it("is active until the token expires", async () => {
    const { RefreshToken, introspect } = await scene({ RefreshTokenValidity: 1 });
    context.clock.advance(24 * 60 * 60_000 - 1);
    expect((await introspect(RefreshToken))[1]).toMatchObject({ active: true });
    context.clock.advance(1);
    expect(await introspect(RefreshToken)).toEqual(INACTIVE);
  });

  it("is inactive once the token is revoked, or its user or client is deleted", async () => {
    const [revoked, ofDeletedUser, ofDeletedClient] = [await scene(), await scene(), await scene()];
    await context.tokens.revoke(revoked.client, revoked.RefreshToken);
    expect(await revoked.introspect(revoked.RefreshToken)).toEqual(INACTIVE);
    await context.store.users.delete(ofDeletedUser.pool.id, ofDeletedUser.user.sub);
    expect(await ofDeletedUser.introspect(ofDeletedUser.RefreshToken)).toEqual(INACTIVE);
    const client = await context.store.clients.get(ofDeletedClient.client.id);
    await context.store.clients.delete(ofDeletedClient.client.id);
    if (client !== undefined) await context.store.clients.insert(client);
    expect(await ofDeletedClient.introspect(ofDeletedClient.RefreshToken)).toEqual(INACTIVE);
  });

  it("is inactive once rotation has replaced the token", async () => {
    const here = await scene({
      RefreshTokenRotation: { Feature: "ENABLED" },
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    });
    const newer = await renew(here, here.RefreshToken);
    expect(await here.introspect(here.RefreshToken)).toEqual(INACTIVE);
    expect((await here.introspect(newer))[1]).toMatchObject({ active: true });
  });
});

it("answers that ID tokens and texts that are no token are inactive", async () => {
  const { IdToken, introspect } = await scene();
  for (const token of [IdToken, "x"]) expect(await introspect(token)).toEqual(INACTIVE);
});

it("refuses a request without a token, with one twice, as plain text, or with a wrong secret", async () => {
  const { other } = await scene();
  const credentials = { client_id: other.id, client_secret: SECRET };
  const path = "/oauth2/introspect";
  expect(await endpoints.post(path, credentials)).toEqual([400, { error: "invalid_request" }]);
  const twice = `${new URLSearchParams(credentials)}&token=x&token=x`;
  expect(await endpoints.post(path, twice)).toEqual([400, { error: "invalid_request" }]);
  expect(await endpoints.post(path, credentials, { "content-type": "text/plain" })).toEqual([405, undefined]);
  expect(await endpoints.post(path, { ...credentials, client_secret: "wrong", token: "x" })).toEqual([
    401,
    { error: "invalid_client", error_description: "invalid_client_secret" },
  ]);
});
