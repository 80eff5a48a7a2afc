/** Requirements of OpenID Connect and of OAuth 2.0's RFCs beside those in the test file of each endpoint. */
import {
  AdminDeleteUserCommand,
  AdminUpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConfirmedUser, startTestServer, type TestServer } from "../support/server.ts";
import { openBrowser } from "./browser.ts";
import { createClient, openPool, PASSWORD, PLAIN_CALLBACK, type TestClient } from "./scene.ts";

let server: TestServer;
let poolId: string;
let client: TestClient;
let confidential: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  poolId = await openPool(server);
  client = await createClient(server, poolId);
  confidential = await createClient(server, poolId, { GenerateSecret: true });
});
afterAll(() => server.stop());

type Parameters = Readonly<Record<string, string>>;

const requestOf = (more: Parameters = {}, { url } = server) =>
  `${url}/oauth2/authorize?${new URLSearchParams({
    response_type: "code",
    client_id: client.client_id,
    redirect_uri: PLAIN_CALLBACK,
    ...more,
  })}`;

async function codeOf(more: Parameters = {}, browser = openBrowser()): Promise<string> {
  const { location } = await browser.signIn(requestOf(more), "alice", PASSWORD);
  return new URL(location).searchParams.get("code") ?? "";
}

async function post(path: string, form: Parameters, headers: Parameters = {}) {
  const answer = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers,
    body: new URLSearchParams(form),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? {} : JSON.parse(text) };
}

const exchange = (code: string, more: Parameters = {}) =>
  post("/oauth2/token", {
    grant_type: "authorization_code",
    client_id: client.client_id,
    redirect_uri: PLAIN_CALLBACK,
    code,
    ...more,
  });

const tokensOf = async (more: Parameters = {}) => (await exchange(await codeOf(more))).body;

describe("OpenID Connect", () => {
  it("signs ID tokens with RS256 by a key of the JWKS, with every required claim", async () => {
    const { id_token } = await tokensOf({ scope: "openid", nonce: "n-1" });
    const issuer = server.issuerOf(poolId);
    const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(id_token, keys, { issuer, audience: client.client_id });
    expect(Object.keys(decodeProtectedHeader(id_token))).toEqual(["kid", "alg"]);
    expect(payload).toMatchObject({
      sub: expect.any(String),
      exp: expect.any(Number),
      iat: expect.any(Number),
      auth_time: expect.any(Number),
      nonce: "n-1",
    });
  });

  it("issues tokens without a nonce if the request had none, and when they are refreshed", async () => {
    const { id_token, refresh_token } = await tokensOf({ scope: "openid" });
    expect(decodeJwt(id_token)).not.toHaveProperty("nonce");
    const { body } = await post("/oauth2/token", {
      grant_type: "refresh_token",
      client_id: client.client_id,
      refresh_token,
    });
    const [first, second] = [id_token, body.id_token].map((token) => decodeJwt(token));
    expect(second).not.toHaveProperty("nonce");
    for (const claim of ["iss", "sub", "aud", "auth_time"]) expect(second?.[claim]).toEqual(first?.[claim]);
  });

  it("accepts an authorization request by POST", async () => {
    const answer = await fetch(`${server.url}/oauth2/authorize`, {
      method: "POST",
      redirect: "manual",
      body: new URL(requestOf({ state: "s" })).searchParams,
    });
    const login = new URL(answer.headers.get("location") ?? "", server.url);
    expect([answer.status, login.pathname, login.searchParams.get("state")]).toEqual([302, "/login", "s"]);
  });

  it.each([
    ["display", "popup"],
    ["ui_locales", "xx"],
    ["claims_locales", "se"],
    ["acr_values", "1 2"],
    ["id_token_hint", "x.y.z"],
    ["claims", '{"id_token":{"name":null}}'],
    ["userContextData", "x"],
    ["unknown", "x"],
  ])("ignores an unsupported value of the parameter %s", async (name, value) => {
    expect(await codeOf({ scope: "openid", [name]: value })).toMatch(/^[\da-f-]{36}$/);
  });

  it("shows the page in the first supported language of ui_locales, unless lang names another", async () => {
    const languageAt = async (more: Parameters) => {
      const start = await openBrowser().visit(requestOf(more));
      const page = await openBrowser().visit(start.location);
      return /<html lang="([^"]+)"/.exec(page.html)?.[1];
    };
    expect(await languageAt({ ui_locales: "xx ja-JP de" })).toBe("ja");
    expect(await languageAt({ ui_locales: "ja", lang: "de" })).toBe("de");
  });

  it("fills in the user name of login_hint", async () => {
    const start = await openBrowser().visit(requestOf({ login_hint: "alice" }));
    expect((await openBrowser().visit(start.location)).html).toMatch(/name="username"[^>]*value="alice"/);
  });

  it("does not give the tokens of the signed-in user to a client whose id_token_hint names another", async () => {
    const { id_token } = await tokensOf({ scope: "openid" });
    server.clock?.advance(30 * 60_000);
    await createConfirmedUser(server.cognito, { UserPoolId: poolId, Username: "bob", Password: PASSWORD });
    const browserOf = async (username: string) => {
      const browser = openBrowser();
      await browser.signIn(requestOf(), username, PASSWORD);
      return browser;
    };
    const [alice, bob] = [await browserOf("alice"), await browserOf("bob")];
    // The sessions last, the token has expired.
    server.clock?.advance(31 * 60_000);
    const hinted = (more: Parameters = {}) => requestOf({ id_token_hint: id_token, ...more });
    expect((await alice.visit(hinted({ prompt: "none" }))).location).toContain("code=");
    expect((await bob.visit(hinted({ prompt: "none" }))).location).toContain("error=login_required");
    const { location } = await bob.visit(hinted());
    expect(new URL(location).pathname).toBe("/login");
    expect((await bob.visit(location)).html).not.toContain("signed in as");
  });

  it.each(["address", "offline_access"])("rejects the scope %s, which no client can have", async (scope) => {
    const { location } = await openBrowser().visit(requestOf({ scope: `openid ${scope}` }));
    expect(new URL(location).searchParams.get("error_description")).toBe("invalid_scope");
  });

  it("returns userInfo by GET and by POST, with the sub of the ID token and current values", async () => {
    const { id_token, access_token } = await tokensOf({ scope: "openid profile" });
    const UserAttributes = [{ Name: "name", Value: "Alice B." }];
    const user = { UserPoolId: poolId, Username: "alice" };
    await server.cognito.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes }));
    for (const method of ["GET", "POST"]) {
      const headers = { authorization: `Bearer ${access_token}` };
      const answer = await fetch(`${server.url}/oauth2/userInfo`, { method, headers });
      expect(await answer.json()).toMatchObject({ sub: decodeJwt(id_token).sub, name: "Alice B." });
    }
  });

  it("asks for the password again for prompt=login, and the new session has the new auth_time", async () => {
    const browser = openBrowser();
    const first = decodeJwt((await exchange(await codeOf({ scope: "openid" }, browser))).body.id_token);
    server.clock?.advance(5_000);
    const again = await exchange(await codeOf({ scope: "openid", prompt: "login" }, browser));
    expect(Number(decodeJwt(again.body.id_token).auth_time)).toBeGreaterThan(Number(first.auth_time));
  });
});

describe("RFC 6749", () => {
  it("accepts a client's secret in the header or the body, and rejects the code of another client", async () => {
    const { client_id, client_secret = "" } = confidential;
    const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString("base64")}`;
    const ask = { client_id, scope: "openid" };
    expect((await exchange(await codeOf(ask), { client_id, client_secret })).status).toBe(200);
    const byHeader = await post(
      "/oauth2/token",
      { grant_type: "authorization_code", redirect_uri: PLAIN_CALLBACK, code: await codeOf(ask) },
      { authorization: basic },
    );
    expect(byHeader.status).toBe(200);
    const foreign = await exchange(await codeOf(ask));
    expect([foreign.status, foreign.body]).toEqual([400, { error: "invalid_grant" }]);
  });

  it("forbids caches to keep tokens", async () => {
    const { headers } = await exchange(await codeOf());
    expect([headers.get("cache-control"), headers.get("pragma")]).toEqual([
      expect.stringContaining("no-store"),
      "no-cache",
    ]);
  });

  it("sends the security headers of Cognito with its answers to programs", async () => {
    const answers = [await exchange("none"), await fetch(`${server.url}/oauth2/userInfo`)];
    for (const { headers } of answers) {
      expect(Object.fromEntries(headers)).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "x-xss-protection": "1; mode=block",
      });
    }
  });

  it("allows pages of other origins to call the token endpoint", async () => {
    const preflight = await fetch(`${server.url}/oauth2/token`, {
      method: "OPTIONS",
      headers: { origin: "https://app.example.com", "access-control-request-method": "POST" },
    });
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
  });

  it.each([
    ["/oauth2/token", "POST", "cache-control,x-requested-with"],
    ["/oauth2/userInfo", "GET", "authorization"],
    ["/.well-known/openid-configuration", "GET", "mcp-protocol-version"],
    ["/.well-known/oauth-authorization-server", "GET", "mcp-protocol-version"],
    ["/.well-known/jwks.json", "GET", "authorization,cache-control"],
  ])("allows pages of other origins to call %s by %s with the headers %s", async (path, method, headers) => {
    const preflight = await fetch(`${server.url}/${poolId}${path}`, {
      method: "OPTIONS",
      headers: {
        origin: "https://app.example.com",
        "access-control-request-method": method,
        "access-control-request-headers": headers,
      },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-methods")).toContain(method);
    expect(preflight.headers.get("access-control-allow-headers")).toBe(headers);
  });

  it("returns a state of 4,096 characters unchanged", async () => {
    const state = "%2F+ =&é€".repeat(455);
    const { location } = await openBrowser().signIn(requestOf({ state }), "alice", PASSWORD);
    expect(new URL(location).searchParams.get("state")).toBe(state);
  });
});

describe("RFC 9700", () => {
  it("rotates refresh tokens at the token endpoint, and rejects a replaced one", async () => {
    const { client_id } = await createClient(server, poolId, {
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
      RefreshTokenRotation: { Feature: "ENABLED" },
    });
    const refresh = (refresh_token: string) =>
      post("/oauth2/token", { grant_type: "refresh_token", client_id, refresh_token });
    const code = await codeOf({ client_id, scope: "openid" });
    const first = (await exchange(code, { client_id })).body;
    const second = (await refresh(first.refresh_token)).body;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await refresh(first.refresh_token)).body).toEqual({ error: "invalid_grant" });
    expect((await refresh(second.refresh_token)).status).toBe(200);
  });

  it("rejects the refresh token of another client", async () => {
    const { refresh_token } = await tokensOf({ scope: "openid" });
    const { client_id, client_secret = "" } = confidential;
    const { body } = await post("/oauth2/token", {
      grant_type: "refresh_token",
      client_id,
      client_secret,
      refresh_token,
    });
    expect(body).toEqual({ error: "invalid_grant" });
  });

  it("keeps codes and tokens out of Referer headers and frames", async () => {
    const start = await openBrowser().visit(requestOf());
    const { headers } = await openBrowser().visit(start.location);
    expect(headers.get("referrer-policy")).toMatch(/no-referrer|same-origin/);
    expect(headers.get("x-frame-options")).toBe("DENY");
  });

  it("rejects a session's cookie at the endpoints of another pool", async () => {
    const browser = openBrowser();
    await codeOf({}, browser);
    const otherPool = await openPool(server);
    const other = await createClient(server, otherPool);
    const [name, value] = [...browser.cookies].find(([each]) => each.includes(poolId)) ?? ["", ""];
    browser.cookies.set(name.replace(poolId, otherPool), value);
    const { location } = await browser.visit(requestOf({ client_id: other.client_id, prompt: "none" }));
    expect(new URL(location).searchParams.get("error")).toBe("login_required");
  });

  it("rejects a changed cookie of a session, and that of a deleted user", async () => {
    const user = { UserPoolId: poolId, Username: "carol" };
    await createConfirmedUser(server.cognito, { ...user, Password: PASSWORD });
    const browser = openBrowser();
    await browser.signIn(requestOf(), "carol", PASSWORD);
    const silent = async () => {
      const { location } = await browser.visit(requestOf({ prompt: "none" }));
      return new URL(location).searchParams.get("error");
    };
    const [name, value] = [...browser.cookies].find(([each]) => each.includes(poolId)) ?? ["", ""];
    const at = value.length >> 1;
    const changed = value.slice(0, at) + (value[at] === "A" ? "B" : "A") + value.slice(at + 1);
    browser.cookies.set(name, changed);
    expect(await silent()).toBe("login_required");
    browser.cookies.set(name, value);
    expect(await silent()).toBeNull();
    await server.cognito.send(new AdminDeleteUserCommand(user));
    expect(await silent()).toBe("login_required");
  });
});

describe("RFC 9207", () => {
  let strict: TestServer;
  let request: (more?: Parameters) => string;
  let issuer: string;
  beforeAll(async () => {
    strict = await startTestServer({ authorizationResponseIss: true });
    const pool = await openPool(strict);
    issuer = strict.issuerOf(pool);
    const { client_id } = await createClient(strict, pool);
    request = (more = {}) => requestOf({ client_id, ...more }, strict);
  });
  afterAll(() => strict.stop());

  it("adds the issuer to codes, tokens and errors when the setting is on, and to discovery", async () => {
    const { location } = await openBrowser().signIn(request(), "alice", PASSWORD);
    expect(new URL(location).searchParams.get("iss")).toBe(issuer);
    const implicit = request({ response_type: "token", scope: "openid" });
    const { hash } = new URL((await openBrowser().signIn(implicit, "alice", PASSWORD)).location);
    expect(new URLSearchParams(hash.slice(1)).get("iss")).toBe(issuer);
    const refused = await openBrowser().visit(request({ scope: "nothing" }));
    expect(Object.fromEntries(new URL(refused.location).searchParams)).toEqual({
      error_description: "invalid_scope",
      error: "invalid_request",
      iss: issuer,
    });
    const metadata = await fetch(`${issuer}/.well-known/openid-configuration`);
    expect(await metadata.json()).toHaveProperty("authorization_response_iss_parameter_supported", true);
  });

  it("is off by default, as in Cognito", async () => {
    const { location } = await openBrowser().visit(requestOf({ scope: "nothing" }));
    expect(new URL(location).searchParams.has("iss")).toBe(false);
    const metadata = await fetch(`${server.issuerOf(poolId)}/.well-known/openid-configuration`);
    expect(await metadata.json()).not.toHaveProperty("authorization_response_iss_parameter_supported");
  });
});
