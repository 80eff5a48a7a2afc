import { afterAll, describe, expect, it } from "vitest";
import type { DcrConfigurationType } from "../api-model/index.ts";
import { caller } from "../user-pools/operations/testing.ts";
import { testContext } from "../user-pools/testing.ts";
import { oauthEndpoints } from "./testing.ts";

const context = await testContext();
afterAll(() => context.store.close());
const endpoints = oauthEndpoints(() => context);

const SCOPE = "aws.cognito/dcr/register";
const REDIRECT = "https://app.example.com/callback";
const APPLICATION = { redirect_uris: [REDIRECT] };
const MACHINE = { grant_types: ["client_credentials"] };

/** A pool with registration and the scopes `api/read` and `api/write`, of which clients may register for the first. */
async function scene(configuration: Partial<DcrConfigurationType> = {}) {
  const api = caller(context);
  const UserPoolId = await api.pool();
  await api.call("CreateResourceServer", {
    UserPoolId,
    Identifier: "api",
    Name: "API",
    Scopes: ["read", "write"].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
  });
  await api.call("UpdateUserPool", {
    UserPoolId,
    DcrConfiguration: {
      EnableStatus: "Enabled",
      OpenDcrEnabled: true,
      AllowedScopes: ["api/read", SCOPE],
      ...configuration,
    },
  });
  const client = await context.store.clients.get(await api.client(UserPoolId));
  const pool = await context.store.pools.get(UserPoolId);
  if (pool === undefined || client === undefined) throw new Error("They were not made.");
  const register = (metadata: object, token?: string) =>
    endpoints.postJson(
      `/${UserPoolId}/oauth2/register`,
      metadata,
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    );
  /** An access token of a client of the pool. */
  const tokenFor = async (...scopes: string[]) => {
    const request = { pool, client, scopes, requestContext: context.request };
    return (await context.tokens.issueForClient(request)).AccessToken ?? "";
  };
  /** An access token of a user of the pool, and what revokes it. */
  const tokenOfUser = async (scope: string) => {
    await api.call("AdminCreateUser", { UserPoolId, Username: "alice", TemporaryPassword: "Secret-1" });
    const user = await context.store.users.find(UserPoolId, "alice");
    if (user === undefined) throw new Error("The user was not made.");
    const signIn = { ...context.tokens.newSignIn(client, user), scope };
    await context.store.signIns.insert(signIn);
    const source = "TokenGeneration_Authentication" as const;
    const { AccessToken = "" } = await context.tokens.issue({ pool, client, user, signIn, source });
    return {
      token: AccessToken,
      revoke: () => api.call("AdminUserGlobalSignOut", { UserPoolId, Username: "alice" }),
    };
  };
  return { UserPoolId, register, tokenFor, tokenOfUser };
}

const refusal = (error_description: string) => [400, { error: "invalid_client_metadata", error_description }];
const statusOf = async (answer: Promise<[number, unknown]>) => (await answer)[0];

describe("a token for registration", () => {
  it("needs the scope for registration, also where registration is open", async () => {
    const { register, tokenFor } = await scene();
    expect(await statusOf(register(APPLICATION, await tokenFor("api/read", SCOPE)))).toBe(201);
    for (const scopes of [["api/read"], [`${SCOPE}/more`], []]) {
      expect(await register(APPLICATION, await tokenFor(...scopes))).toEqual([
        403,
        { error: "insufficient_scope" },
      ]);
    }
  });

  it("is refused once its client is gone", async () => {
    const { UserPoolId, register, tokenFor } = await scene();
    const token = await tokenFor(SCOPE);
    const [client] = (await context.store.clients.list(UserPoolId, { limit: 1 })).items;
    await caller(context).call("DeleteUserPoolClient", { UserPoolId, ClientId: client?.id ?? "" });
    expect(await register(APPLICATION, token)).toEqual([401, { error: "invalid_token" }]);
  });

  it("can be a user's, until it is revoked", async () => {
    const { register, tokenOfUser } = await scene();
    const { token, revoke } = await tokenOfUser(`openid ${SCOPE}`);
    expect(await statusOf(register(APPLICATION, token))).toBe(201);
    await revoke();
    expect(await register(APPLICATION, token)).toEqual([401, { error: "invalid_token" }]);
  });

  it("is refused once it has expired", async () => {
    const { register, tokenFor } = await scene({ OpenDcrEnabled: false });
    const token = await tokenFor(SCOPE);
    context.clock.advance(60 * 60_000);
    expect(await register(APPLICATION, token)).toEqual([401, { error: "invalid_token" }]);
  });
});

describe("the grant types of a client that registers", () => {
  const NOT_ALLOWED = refusal("grant_types has one that this pool does not let clients register for.");

  it("are only the code flow without a token, and with one client_credentials too", async () => {
    const { register, tokenFor } = await scene();
    expect(await statusOf(register(APPLICATION))).toBe(201);
    expect(await register(MACHINE)).toEqual(NOT_ALLOWED);
    expect(await statusOf(register(MACHINE, await tokenFor(SCOPE)))).toBe(201);
  });

  it("are those that the pool allows with a token, and without one", async () => {
    const { register, tokenFor } = await scene({
      OpenDcrGrantTypes: ["client_credentials"],
      AuthenticatedGrantTypes: ["code"],
    });
    const token = await tokenFor(SCOPE);
    expect(await register(APPLICATION)).toEqual(NOT_ALLOWED);
    expect(await statusOf(register(MACHINE))).toBe(201);
    expect(await statusOf(register(APPLICATION, token))).toBe(201);
    expect(await register(MACHINE, token)).toEqual(NOT_ALLOWED);
  });

  it("must be supported ones, and not authorization_code with client_credentials", async () => {
    const { register } = await scene();
    const asking = (...grant_types: string[]) => register({ ...APPLICATION, grant_types });
    expect(await statusOf(asking("authorization_code", "refresh_token"))).toBe(201);
    for (const other of ["password", "implicit"]) {
      expect(await asking("authorization_code", other)).toEqual(
        refusal("grant_types has one that is not supported."),
      );
    }
    expect(await asking("authorization_code", "client_credentials")).toEqual(
      refusal("authorization_code and client_credentials need clients of their own."),
    );
  });
});

describe("the scopes of a client that registers", () => {
  it("are those of OpenID Connect, or what it asks for among them and the pool's", async () => {
    const { register } = await scene();
    const scopeFor = async (scope?: string) => {
      const [status, body] = await register({ ...APPLICATION, ...(scope !== undefined && { scope }) });
      return status === 201 ? (body as { scope: string }).scope.split(" ").sort() : body;
    };
    expect(await scopeFor()).toEqual(["email", "openid", "phone", "profile"]);
    expect(await scopeFor("openid  api/read ")).toEqual(["api/read", "openid"]);
    for (const scope of ["api/write", SCOPE, "aws.cognito.signin.user.admin"]) {
      expect(await scopeFor(`openid ${scope}`)).toEqual({
        error: "invalid_client_metadata",
        error_description: `scope has ${scope}, which this pool does not let clients register for.`,
      });
    }
  });

  it("are only those of the pool for client_credentials", async () => {
    const { register, tokenFor } = await scene();
    const token = await tokenFor(SCOPE);
    expect(await register(MACHINE, token)).toEqual([
      201,
      {
        client_id: expect.any(String),
        client_id_issued_at: Math.floor(context.clock.now() / 1000),
        client_secret: expect.any(String),
        client_secret_expires_at: 0,
        client_name: "Registered client",
        redirect_uris: [],
        grant_types: ["client_credentials"],
        response_types: [],
        token_endpoint_auth_method: "client_secret_basic",
        scope: "api/read",
      },
    ]);
    expect(await register({ ...MACHINE, scope: "openid" }, token)).toEqual(
      refusal("scope has openid, which this pool does not let clients register for."),
    );
  });
});

it("creates clients for the OAuth endpoints that hide which users exist", async () => {
  const { register } = await scene();
  const [status, body] = await register({ ...APPLICATION, token_endpoint_auth_method: "none" });
  expect([status, body]).toEqual([
    201,
    {
      client_id: expect.any(String),
      client_id_issued_at: context.clock.now() / 1000,
      client_name: "Registered client",
      redirect_uris: [REDIRECT],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
      scope: expect.stringContaining("openid"),
    },
  ]);
  const client = await context.store.clients.get((body as { client_id: string }).client_id);
  expect(client?.secrets).toEqual([]);
  expect(client?.settings).toMatchObject({
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    CallbackURLs: [REDIRECT],
    PreventUserExistenceErrors: "ENABLED",
  });
});

it("refuses a redirect URI with another error than other members", async () => {
  const { UserPoolId, register } = await scene();
  const server = { UserPoolId, Identifier: "api", Name: "API" };
  await caller(context).call("UpdateResourceServer", { ...server, Scopes: [] });
  const errorFor = async (metadata: object) => ((await register(metadata))[1] as { error: string }).error;
  expect(await errorFor({ redirect_uris: [REDIRECT, "http://app.example.com/"] })).toBe(
    "invalid_redirect_uri",
  );
  for (const uri of [`${REDIRECT}${"x".repeat(1024)}`, `${REDIRECT}\0`, "https://app.example.com/a b"]) {
    expect(await errorFor({ redirect_uris: [REDIRECT, uri] })).toBe("invalid_redirect_uri");
  }
  expect(await errorFor({ ...APPLICATION, scope: "api/read" })).toBe("invalid_client_metadata");
});

it("refuses metadata with thousands of values before it looks at them", async () => {
  const { register } = await scene();
  const many = Array.from({ length: 1001 }, () => 1);
  for (const metadata of [{ grant_types: many }, { ...APPLICATION, contacts: many }, many])
    expect(await register(metadata)).toEqual(refusal("The metadata has too many values."));
});

it("keeps a scope that is asked for several times once", async () => {
  const { register } = await scene();
  const [, body] = await register({ ...APPLICATION, scope: "openid openid email openid" });
  expect(body).toMatchObject({ scope: "openid email" });
});

it("answers 404 without a pool in the path, and for a pool that has switched registration off", async () => {
  expect(await statusOf(endpoints.postJson("/oauth2/register", APPLICATION))).toBe(404);
  const { register } = await scene({ EnableStatus: "Disabled" });
  expect(await statusOf(register(APPLICATION))).toBe(404);
});

it("is refused while administrators can still make clients, so that it does not keep them from it", async () => {
  const { UserPoolId, register } = await scene();
  const [first] = (await context.store.clients.list(UserPoolId, { limit: 1 })).items;
  if (first === undefined) throw new Error("The pool has no client.");
  for (let count = 1; count < 899; count++)
    await context.store.clients.insert({ ...first, id: `client${count}of${UserPoolId.slice(-9)}` });
  expect(await statusOf(register(APPLICATION))).toBe(201);
  expect(await register(APPLICATION)).toEqual(refusal("A user pool can have at most 900 app clients."));
  expect(await caller(context).client(UserPoolId)).toMatch(/^\w{26}$/);
});

describe("an address that registers too often", () => {
  const limited = oauthEndpoints(
    () => context,
    (address) => address !== "127.0.0.1",
  );
  const registerLimited = (poolId: string, headers: Record<string, string> = {}) =>
    limited.postJson(`/${poolId}/oauth2/register`, APPLICATION, headers);

  it("is refused without a token", async () => {
    const { UserPoolId } = await scene();
    expect(await registerLimited(UserPoolId)).toEqual([
      429,
      { error: "invalid_request", error_description: "Rate exceeded" },
    ]);
  });

  it("registers with a token", async () => {
    const { UserPoolId, tokenFor } = await scene();
    const authorization = `Bearer ${await tokenFor(SCOPE)}`;
    expect(await statusOf(registerLimited(UserPoolId, { authorization }))).toBe(201);
  });
});
