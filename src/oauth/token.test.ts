import { afterAll, afterEach, describe, expect, it } from "vitest";
import { TooManyRequestsException, UserLambdaValidationException } from "../api-model/index.ts";
import { silentLog } from "../log.ts";
import type { AppClientRecord, AppClientSettings } from "../storage/index.ts";
import { issueCode, type OperationContext } from "../user-pools/index.ts";
import { openScene } from "../user-pools/operations/authentication/testing.ts";
import { caller } from "../user-pools/operations/testing.ts";
import { testContext } from "../user-pools/testing.ts";
import { noTriggers, type Triggers } from "../user-pools/triggers/index.ts";
import { oauthEndpoints } from "./testing.ts";

const logged: [object, string][] = [];
let takeRequest: OperationContext["takeRequest"];
/** The function of every pool. */
let invoke: Triggers["invoke"] = noTriggers.invoke;
const context = await testContext({
  log: { ...silentLog, info: (...entry: [object, string]) => void logged.push(entry) },
  triggers: { ...noTriggers, invoke: (source, event) => invoke(source, event) },
});
afterAll(() => context.store.close());
const endpoints = oauthEndpoints(() => ({ ...context, takeRequest }));
afterEach(() => {
  takeRequest = undefined;
  invoke = noTriggers.invoke;
});

const post = (form: Readonly<Record<string, string>>) => endpoints.post("/oauth2/token", form);

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

  it.each<Partial<AppClientSettings>>([
    { AllowedOAuthFlows: ["implicit"] },
    { AllowedOAuthFlowsUserPoolClient: false },
  ])("is rejected if its client may no longer use the code flow: %j", async (change) => {
    const { client, exchange } = await scene();
    const settings = { ...client.settings, ...change };
    await context.store.clients.update(client.id, (current) => ({ ...current, settings }));
    expect(await exchange()).toEqual([400, { error: "unauthorized_client" }]);
  });
});

describe("the credentials of a client", () => {
  const SECRET = "aSecretOfTheClientItself123";
  const MACHINE: Partial<AppClientSettings> = {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["client_credentials"],
    AllowedOAuthScopes: ["api/read", "api/write"],
  };

  async function scene(settings: Partial<AppClientSettings> = {}, secret: string | null = SECRET) {
    const { pool, client } = await openScene({
      context,
      client: { ...MACHINE, ...settings },
      ...(secret !== null && { secret }),
    });
    const api = caller(context);
    await api.call("CreateResourceServer", {
      UserPoolId: pool.id,
      Identifier: "api",
      Name: "API",
      Scopes: ["read", "write"].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
    });
    const grant = (more: Readonly<Record<string, string>> = {}) =>
      post({
        grant_type: "client_credentials",
        client_id: client.id,
        ...(secret !== null && { client_secret: secret }),
        ...more,
      });
    return { pool, client, grant };
  }

  const scopeOf = ([status, body]: [number, unknown]) => {
    const { access_token = "" } = body as { access_token?: string };
    return status === 200
      ? JSON.parse(Buffer.from(access_token.split(".")[1] ?? "", "base64url").toString()).scope
      : body;
  };

  it("get only an access token", async () =>
    expect(await (await scene()).grant()).toEqual([
      200,
      { access_token: expect.any(String), expires_in: 3600, token_type: "Bearer" },
    ]));

  it("get the scopes that are asked for, or all of the client", async () => {
    const { grant } = await scene();
    expect(scopeOf(await grant())).toBe("api/read api/write");
    expect(scopeOf(await grant({ scope: " api/write  api/write " }))).toBe("api/write");
    expect(scopeOf(await grant({ scope: "api/read api/delete" }))).toEqual({ error: "invalid_scope" });
  });

  it("do not get a scope that its resource server has lost", async () => {
    const { pool, grant } = await scene();
    const Scopes = [{ ScopeName: "write", ScopeDescription: "write" }];
    const server = { UserPoolId: pool.id, Identifier: "api", Name: "API" };
    await caller(context).call("UpdateResourceServer", { ...server, Scopes });
    expect(scopeOf(await grant())).toBe("api/write");
    expect(scopeOf(await grant({ scope: "api/read api/write" }))).toBe("api/write");
  });

  it.each<[string, Partial<AppClientSettings>, string | null, string]>([
    ["is not for OAuth", { AllowedOAuthFlowsUserPoolClient: false }, SECRET, "invalid_grant"],
    ["has other flows", { AllowedOAuthFlows: ["code"] }, SECRET, "unauthorized_client"],
    ["has no flows", { AllowedOAuthFlows: [] }, SECRET, "unauthorized_client"],
    ["has no secret", {}, null, "unauthorized_client"],
  ])("get nothing for a client that %s", async (_, settings, secret, error) =>
    expect(await (await scene(settings, secret)).grant()).toEqual([400, { error }]),
  );

  it("come with metadata, which the function of PreTokenGeneration gets", async () => {
    const { grant } = await scene();
    const given: unknown[] = [];
    invoke = async (_, { requestContext }) => void given.push(requestContext?.clientMetadata);
    for (const aws_client_metadata of ['{"a":"1"}', "{}", ""]) {
      expect((await grant({ aws_client_metadata }))[0]).toBe(200);
    }
    expect(given).toEqual([{ a: "1" }, {}, undefined]);
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [index, "1"])));
    for (const aws_client_metadata of ["x", '{"a":1}', '["a"]', '"a"', many]) {
      expect(await grant({ aws_client_metadata })).toEqual([400, { error: "invalid_request" }]);
    }
    expect(given).toHaveLength(3);
  });

  it("count as requests of one category of AWS's quotas, and a refresh as one of another", async () => {
    const { client, grant } = await scene();
    const taken: string[] = [];
    takeRequest = async (name) => void taken.push(name);
    const more = { client_id: client.id, client_secret: SECRET };
    await grant();
    await post({ grant_type: "refresh_token", refresh_token: "x", ...more });
    await post({ grant_type: "authorization_code", code: "x", redirect_uri: "https://x.example", ...more });
    await grant({ client_secret: "wrong" });
    expect(taken).toEqual(["GetClientToken", "GetTokensFromRefreshToken"]);
    takeRequest = () => Promise.reject(new TooManyRequestsException("Rate exceeded"));
    expect(await grant()).toEqual([429, { error: "invalid_request", error_description: "Rate exceeded" }]);
  });

  it("get the message of the service if the function of the pool refuses", async () => {
    const { grant } = await scene();
    invoke = () =>
      Promise.reject(new UserLambdaValidationException("PreTokenGeneration failed with error no."));
    expect(await grant()).toEqual([
      400,
      { error: "invalid_request", error_description: "PreTokenGeneration failed with error no." },
    ]);
  });
});
