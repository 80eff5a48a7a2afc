import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silentLog } from "../log.ts";
import type { AppClientRecord } from "../storage/index.ts";
import { issueCode } from "../user-pools/index.ts";
import { openScene } from "../user-pools/operations/authentication/testing.ts";
import { caller } from "../user-pools/operations/testing.ts";
import { type TestContext, testContext } from "../user-pools/testing.ts";
import { oauthSurface } from "./index.ts";

const app = Fastify();
const logged: [object, string][] = [];
let context: TestContext;
beforeAll(async () => {
  const log = { ...silentLog, info: (...entry: [object, string]) => void logged.push(entry) };
  context = await testContext({ log });
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "buffer" }, (_, body, done) =>
    done(null, body),
  );
  const surface = oauthSurface({ contextOf: () => context, namesIssuer: false, addsNonce: false });
  app.register(async (scope) => surface(scope));
});
afterAll(async () => {
  await app.close();
  await context.store.close();
});

async function post(form: Readonly<Record<string, string>>): Promise<[number, object]> {
  const answer = await app.inject({
    method: "POST",
    url: "/oauth2/token",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams(form).toString(),
  });
  return [answer.statusCode, answer.json()];
}

it("logs a refused token request with its client, without what it sent", async () => {
  logged.length = 0;
  const api = caller(context);
  const poolId = await api.pool();
  const clientId = await api.client(poolId, {});
  const form = { grant_type: "refresh_token", client_id: clientId, refresh_token: "a secret" };
  expect(await post(form)).toEqual([400, { error: "invalid_grant" }]);
  const entry = { poolId, clientId, error: "invalid_grant", reason: "Invalid Refresh Token" };
  expect(logged).toEqual([
    [{ endpoint: "/oauth2/token", ...entry, sourceIp: "127.0.0.1" }, "A call was refused"],
  ]);
});

describe("an authorization code", () => {
  const redirectUri = "https://app.example.com/callback";
  const CODE_FLOW = {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code" as const],
    AllowedOAuthScopes: ["openid"],
    CallbackURLs: [redirectUri],
  };
  const INVALID = [400, { error: "invalid_grant" }];
  const GRANTED = [200, expect.objectContaining({ token_type: "Bearer" })];

  /** A pool with alice, and a code that she has just given to its client. */
  async function scene() {
    const { pool, client, addClient, addUser } = await openScene({ context, client: CODE_FLOW });
    const user = await addUser();
    const scopes = ["openid"];
    const signIn = { ...context.tokens.newSignIn(client, user), scope: "openid" };
    await context.store.signIns.insert(signIn);
    const grant = { pool, client, user, signIn, scopes };
    const tokens = await context.tokens.issue({ ...grant, source: "TokenGeneration_HostedAuth" });
    const code = await issueCode(grant, tokens, { redirectUri }, context);
    const exchange = (by: AppClientRecord = client, more: Readonly<Record<string, string>> = {}) =>
      post({ grant_type: "authorization_code", client_id: by.id, redirect_uri: redirectUri, code, ...more });
    return { client, user, addClient, exchange };
  }

  it("is accepted for less than five minutes", async () => {
    const [inTime, late] = [await scene(), await scene()];
    context.clock.advance(5 * 60_000 - 1);
    expect(await inTime.exchange()).toEqual(GRANTED);
    context.clock.advance(1);
    expect(await late.exchange()).toEqual(INVALID);
  });

  it("is rejected if it was never issued", async () =>
    expect(await (await scene()).exchange(undefined, { code: "unknown" })).toEqual(INVALID));

  it("is rejected for another client, and can still be used by its own", async () => {
    const { addClient, exchange } = await scene();
    expect(await exchange(await addClient(CODE_FLOW))).toEqual(INVALID);
    expect(await exchange()).toEqual(GRANTED);
  });

  it("is rejected after its client was deleted, even if a new client has the same id", async () => {
    const { client, exchange } = await scene();
    await context.store.clients.delete(client.id);
    await context.store.clients.insert(client);
    expect(await exchange()).toEqual(INVALID);
  });

  it("is rejected after its user was deleted", async () => {
    const { user, exchange } = await scene();
    await context.store.users.delete(user.poolId, user.sub);
    expect(await exchange()).toEqual(INVALID);
  });

  it("is rejected if its client may no longer use the code flow", async () => {
    const { client, exchange } = await scene();
    const settings = { ...client.settings, AllowedOAuthFlows: ["implicit" as const] };
    await context.store.clients.update(client.id, (current) => ({ ...current, settings }));
    expect(await exchange()).toEqual([400, { error: "unauthorized_client" }]);
  });
});
