import { createHash } from "node:crypto";
import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUserGlobalSignOutCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";
import { openBrowser } from "./browser.ts";
import { CALLBACK, createClient, openPool, PASSWORD, type TestClient } from "./scene.ts";

const VERIFIER = "v".repeat(64);
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
const PKCE = { code_challenge: CHALLENGE, code_challenge_method: "S256" };

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

const urlOf = (path: string, parameters: Parameters = {}, base = "") =>
  `${server.url}${base}${path}?${new URLSearchParams(parameters)}`;

const authorizeUrl = (more: Parameters = {}, base = "") =>
  urlOf(
    "/oauth2/authorize",
    { response_type: "code", client_id: client.client_id, redirect_uri: CALLBACK, state: "s+1/=", ...more },
    base,
  );

/** Signs alice in. @returns the parameters of the redirect */
async function authorize(more: Parameters = {}, browser = openBrowser()): Promise<URLSearchParams> {
  const { location } = await browser.signIn(authorizeUrl(more), "alice", PASSWORD);
  return new URL(location).searchParams;
}

async function post(path: string, form: Parameters, headers: Parameters = {}) {
  const answer = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers,
    body: new URLSearchParams(form),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : JSON.parse(text) };
}

const exchange = (code: string | null, more: Parameters = {}, headers: Parameters = {}) =>
  post(
    "/oauth2/token",
    {
      grant_type: "authorization_code",
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      code: code ?? "",
      ...more,
    },
    headers,
  );

async function tokens(scope = "openid email", more: Parameters = {}) {
  const code = (await authorize({ scope, ...more })).get("code");
  return (await exchange(code)).body;
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

const userInfo = (token: string) =>
  fetch(`${server.url}/oauth2/userInfo`, { headers: { authorization: `Bearer ${token}` } });

describe("/oauth2/authorize", () => {
  it("sends the browser to the sign-in page with the same query, and from there back with a code", async () => {
    const browser = openBrowser();
    const start = await browser.visit(authorizeUrl());
    expect(start.status).toBe(302);
    expect(new URL(start.location).pathname).toBe("/login");
    expect(new URL(start.location).searchParams.get("state")).toBe("s+1/=");
    const login = await browser.visit(start.location);
    expect(login.html).toMatch(/name="username"[\s\S]*name="password"[\s\S]*type="submit"/);
    expect(login.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    const done = await browser.submit(start.location, login, { username: "alice", password: PASSWORD });
    expect([done.status, done.html]).toEqual([302, ""]);
    const answer = new URL(done.location);
    expect(`${answer.origin}${answer.pathname}`).toBe("https://app.example.com/callback");
    expect(Object.fromEntries(answer.searchParams)).toEqual({
      kept: "1",
      code: expect.stringMatching(/^[\da-f-]{36}$/),
      state: "s+1/=",
    });
  });

  it("sends tokens in the fragment for response_type=token, without a refresh token", async () => {
    const url = authorizeUrl({ response_type: "token", scope: "openid", nonce: "n-1" });
    const { location } = await openBrowser().signIn(url, "alice", PASSWORD);
    const [start, fragment = ""] = location.split("#");
    expect(start).toBe(CALLBACK);
    const answer = Object.fromEntries(new URLSearchParams(fragment));
    expect(Object.keys(answer)).toEqual(["id_token", "access_token", "expires_in", "token_type", "state"]);
    expect(claimsOf(answer.id_token ?? "")).toMatchObject({
      nonce: "n-1",
      at_hash: createHash("sha256")
        .update(answer.access_token ?? "")
        .digest()
        .subarray(0, 16)
        .toString("base64url"),
    });
  });

  it.each([
    ["no response_type", { response_type: "" }, "invalid_request"],
    ["an unknown response_type", { response_type: "id_token" }, "invalid_request"],
    ["a challenge without its method", { code_challenge: CHALLENGE }, "invalid_request"],
    ["the method plain", { ...PKCE, code_challenge_method: "plain" }, "invalid_request"],
    ["a scope of another client", { scope: "openid phone" }, "invalid_scope"],
    ["email without openid", { scope: "email" }, "invalid_scope"],
    ["a resource with a fragment", { resource: "https://api.example.com/#x" }, "invalid_request"],
    ["prompt=none without a session", { prompt: "none" }, "login_required"],
    ["an unknown provider", { identity_provider: "Nowhere" }, "invalid_request"],
  ])("tells the client of %s", async (_, more, error) => {
    const { status, location } = await openBrowser().visit(authorizeUrl(more));
    expect([status, location]).toEqual([
      302,
      `${CALLBACK}&${new URLSearchParams({ state: "s+1/=", error })}`,
    ]);
  });

  it("returns an error of the implicit flow in the fragment", async () => {
    const { location } = await openBrowser().visit(
      authorizeUrl({ response_type: "token", scope: "nothing" }),
    );
    expect(location).toBe(`${CALLBACK}#${new URLSearchParams({ state: "s+1/=", error: "invalid_scope" })}`);
  });

  it.each([
    ["https://app.example.com/callback?kept=1/"],
    ["https://APP.example.com/callback?kept=1"],
    ["https://evil.example/callback?kept=1"],
    ["javascript:alert(1)"],
  ])("never redirects to %s, which is not registered", async (redirect_uri) => {
    const browser = openBrowser();
    const refused = await browser.visit(authorizeUrl({ redirect_uri }));
    expect([refused.status, refused.location]).toEqual([
      302,
      urlOf("/error", { error: "redirect_mismatch", client_id: client.client_id }),
    ]);
    const page = await browser.visit(refused.location);
    expect([page.status, page.html]).toEqual([400, expect.stringContaining("redirect_mismatch")]);
  });

  it("redirects to a registered address beyond ASCII with percent-encoding, also after sign-out", async () => {
    const address = "https://app.example.com/コールバック?é";
    const ascii = "https://app.example.com/%E3%82%B3%E3%83%BC%E3%83%AB%E3%83%90%E3%83%83%E3%82%AF?%C3%A9";
    const { client_id } = await createClient(server, poolId, {
      CallbackURLs: [address],
      LogoutURLs: [address],
    });
    const browser = openBrowser();
    const asked = await browser.visit(authorizeUrl({ client_id, redirect_uri: address, prompt: "none" }));
    expect(asked.location).toBe(
      `${ascii}&${new URLSearchParams({ state: "s+1/=", error: "login_required" })}`,
    );
    const signedOut = await browser.visit(urlOf("/logout", { client_id, logout_uri: address }));
    expect(signedOut.location).toBe(ascii);
  });

  it("shows a page for a client that is missing, unknown, not for OAuth, or of another pool", async () => {
    const plain = await createClient(server, poolId, { AllowedOAuthFlowsUserPoolClient: false });
    const other = await createClient(server, await openPool(server));
    const pages = [
      authorizeUrl({ client_id: "" }),
      authorizeUrl({ client_id: "nobody" }),
      authorizeUrl({ client_id: plain.client_id }),
      authorizeUrl({ client_id: other.client_id }, `/${poolId}`),
    ].map(async (url) => {
      const { status, html } = await openBrowser().visit(url);
      return [status, /role="alert"[^>]*>([^<]*)</.exec(html)?.[1]];
    });
    expect(await Promise.all(pages)).toEqual([
      [400, "Required String parameter 'client_id' is not present"],
      [400, "User pool client nobody does not exist."],
      [400, "Client is not enabled for OAuth2.0 flows."],
      [400, `User pool client ${other.client_id} does not exist.`],
    ]);
  });

  it("rejects a repeated parameter", async () => {
    const { status } = await openBrowser().visit(`${authorizeUrl()}&client_id=x`);
    expect(status).toBe(400);
  });
});

describe("the browser's session", () => {
  it("gives other clients of the pool a code at once, with the auth_time of the sign-in", async () => {
    const browser = openBrowser();
    const first = await authorize({}, browser);
    server.clock?.advance(60_000);
    const second = await browser.visit(authorizeUrl({ client_id: confidential.client_id, prompt: "none" }));
    const code = new URL(second.location).searchParams.get("code");
    const { body } = await exchange(code, {
      client_id: confidential.client_id,
      client_secret: confidential.client_secret ?? "",
    });
    const { auth_time, iat } = claimsOf(body.access_token);
    expect(iat - auth_time).toBeGreaterThanOrEqual(60);
    expect(first.get("code")).not.toBe(code);
  });

  it("is not used with prompt=login, or when it is older than max_age", async () => {
    const browser = openBrowser();
    await authorize({}, browser);
    server.clock?.advance(30_000);
    const paths = await Promise.all(
      [{ prompt: "login" }, { max_age: "10" }, { max_age: "1000" }].map(async (more) => {
        const { location } = await browser.visit(authorizeUrl(more));
        return new URL(location).pathname;
      }),
    );
    expect(paths).toEqual(["/login", "/login", "/callback"]);
  });

  it("ends an hour after the sign-in, also when it is used", async () => {
    const browser = openBrowser();
    await authorize({}, browser);
    server.clock?.advance(59 * 60_000);
    expect((await browser.visit(authorizeUrl({ prompt: "none" }))).location).toContain("code=");
    server.clock?.advance(60_000);
    expect((await browser.visit(authorizeUrl({ prompt: "none" }))).location).toContain(
      "error=login_required",
    );
  });

  it("ends at /logout, also for a kept cookie", async () => {
    const browser = openBrowser();
    await authorize({}, browser);
    const kept = new Map(browser.cookies);
    await browser.visit(
      urlOf("/logout", { client_id: client.client_id, logout_uri: "https://app.example.com/bye" }),
    );
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect((await browser.visit(authorizeUrl({ prompt: "none" }))).location).toContain(
      "error=login_required",
    );
  });
});

describe("/login", () => {
  it("shows the error of a wrong password, and keeps the name", async () => {
    const { status, html } = await openBrowser().signIn(authorizeUrl(), "alice", "wrong");
    expect([status, html]).toEqual([200, expect.stringContaining("Incorrect username or password.")]);
    expect(html).toContain('value="alice"');
  });

  it("rejects a form that did not come from its own page", async () => {
    const browser = openBrowser();
    const start = await browser.visit(authorizeUrl());
    await browser.visit(start.location);
    const refused = await browser.visit(start.location, {
      username: "alice",
      password: PASSWORD,
      _csrf: "x",
    });
    expect([refused.status, refused.location]).toEqual([200, ""]);
  });

  it("escapes what it shows", async () => {
    const { html } = await openBrowser().signIn(authorizeUrl(), `"><script>alert(1)</script>`, "x");
    expect(html).not.toContain("<script>");
  });
});

describe("/oauth2/token", () => {
  it("gives tokens for a code: an ID token with openid alone, a refresh token always", async () => {
    const { status, headers, body } = await exchange(
      (await authorize({ scope: "openid email" })).get("code"),
    );
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json;charset=UTF-8");
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(Object.keys(body)).toEqual([
      "id_token",
      "access_token",
      "refresh_token",
      "expires_in",
      "token_type",
    ]);
    expect(body).toMatchObject({ expires_in: 3600, token_type: "Bearer" });
    expect(claimsOf(body.access_token)).toMatchObject({
      scope: "openid email",
      version: 2,
      token_use: "access",
    });
    const id = claimsOf(body.id_token);
    expect(id).toMatchObject({ email: "alice@example.com", email_verified: true, aud: client.client_id });
    expect(id).not.toHaveProperty("name");

    const without = await tokens("aws.cognito.signin.user.admin profile openid");
    expect(claimsOf(without.id_token)).toMatchObject({ name: "Alice" });
  });

  it("binds the access token to the resource, also after a refresh", async () => {
    const { refresh_token, access_token } = await tokens("openid", { resource: "https://api.example.com" });
    expect(claimsOf(access_token).aud).toBe("https://api.example.com");
    const refreshed = await post("/oauth2/token", {
      grant_type: "refresh_token",
      client_id: client.client_id,
      refresh_token,
    });
    expect(Object.keys(refreshed.body)).toEqual(["id_token", "access_token", "expires_in", "token_type"]);
    expect(claimsOf(refreshed.body.access_token)).toMatchObject({
      aud: "https://api.example.com",
      scope: "openid",
    });
  });

  it("accepts a code once, and revokes the sign-in at its second use", async () => {
    const code = (await authorize({ scope: "openid" })).get("code");
    const { body } = await exchange(code);
    expect((await userInfo(body.access_token)).status).toBe(200);
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect((await userInfo(body.access_token)).status).toBe(401);
  });

  it("rejects a code after five minutes", async () => {
    const code = (await authorize()).get("code");
    server.clock?.advance(5 * 60_000);
    expect((await exchange(code)).body).toEqual({ error: "invalid_grant" });
  });

  it.each([
    ["no verifier", {}],
    ["another verifier", { code_verifier: "w".repeat(64) }],
    ["a short verifier", { code_verifier: "v" }],
  ])("refuses a code that PKCE protects with %s", async (_, more) => {
    const code = (await authorize(PKCE)).get("code");
    expect((await exchange(code, more)).body).toEqual({ error: "invalid_grant" });
    // The failed attempt has used the code up.
    expect((await exchange(code, { code_verifier: VERIFIER })).body).toEqual({ error: "invalid_grant" });
  });

  it("accepts the right verifier, and rejects one when there was no challenge", async () => {
    expect((await exchange((await authorize(PKCE)).get("code"), { code_verifier: VERIFIER })).status).toBe(
      200,
    );
    const code = (await authorize()).get("code");
    expect((await exchange(code, { code_verifier: VERIFIER })).body).toEqual({ error: "invalid_grant" });
  });

  it("answers each fault as Cognito does", async () => {
    const code = (await authorize()).get("code");
    const { client_id, client_secret = "" } = confidential;
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${client_id}:${secret}`).toString("base64")}`,
    });
    const answers = [
      await exchange(code, { grant_type: "password" }),
      await exchange(code, { client_id: "nobody" }),
      await exchange(code, { client_id: "" }),
      await exchange(code, { client_id }),
      await exchange(code, { client_id, client_secret: "wrong" }),
      await exchange(code, { client_id }, basic("wrong")),
      await exchange(code, { client_id: "other" }, basic(client_secret)),
      await exchange(code, { client_id, client_secret }),
      await exchange("", {}),
      await exchange(code, { redirect_uri: "https://app.example.com/other" }),
    ];
    expect(answers.map(({ status, body }) => [status, body.error, body.error_description])).toEqual([
      [400, "unsupported_grant_type", undefined],
      [400, "invalid_client", undefined],
      [400, "invalid_request", undefined],
      [400, "invalid_client", "invalid_client_secret"],
      [400, "invalid_client", "invalid_client_secret"],
      [400, "invalid_client", "invalid_client_secret"],
      [400, "invalid_request", undefined],
      [400, "invalid_grant", undefined],
      [400, "invalid_request", undefined],
      [400, "unauthorized_client", "invalid_redirect"],
    ]);
  });

  it("answers another type or method with 405 and no body", async () => {
    const asJson = await fetch(`${server.url}/oauth2/token`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    const asGet = await fetch(`${server.url}/oauth2/token`);
    expect([asJson.status, await asJson.text(), asGet.status, await asGet.text()]).toEqual([
      405,
      "",
      405,
      "",
    ]);
  });

  it("refuses the refresh token of a user who is disabled or signed out", async () => {
    const user = { UserPoolId: poolId, Username: "alice" };
    const refresh = ({ refresh_token }: { refresh_token: string }) =>
      post("/oauth2/token", { grant_type: "refresh_token", client_id: client.client_id, refresh_token });
    const first = await tokens();
    expect((await refresh(first)).status).toBe(200);
    await server.cognito.send(new AdminDisableUserCommand(user));
    expect((await refresh(first)).body).toEqual({ error: "invalid_grant" });
    await server.cognito.send(new AdminEnableUserCommand(user));
    const second = await tokens();
    await server.cognito.send(new AdminUserGlobalSignOutCommand(user));
    expect((await refresh(second)).body).toEqual({ error: "invalid_grant" });
  });
});

describe("/oauth2/userInfo", () => {
  it("returns the claims of the scopes, all as strings", async () => {
    const { access_token } = await tokens("openid email");
    const answer = await userInfo(access_token);
    expect(answer.headers.get("content-type")).toBe("application/json;charset=UTF-8");
    expect(await answer.json()).toEqual({
      sub: claimsOf(access_token).sub,
      email: "alice@example.com",
      email_verified: "true",
      username: "alice",
    });
    expect(await (await userInfo((await tokens("openid")).access_token)).json()).toMatchObject({
      name: "Alice",
      phone_number: "+15555550100",
    });
  });

  it("refuses other tokens with 401 and no token with 400, and says why in the header", async () => {
    const { id_token } = await tokens();
    const admin = (await tokens("aws.cognito.signin.user.admin")).access_token;
    const answers = await Promise.all([
      userInfo(id_token),
      userInfo(admin),
      fetch(`${server.url}/oauth2/userInfo`),
    ]);
    expect(answers.map(({ status, headers }) => [status, headers.get("www-authenticate")])).toEqual([
      [401, expect.stringContaining('error="invalid_token"')],
      [401, expect.stringContaining("does not contain openid scope")],
      [400, expect.stringContaining('error="invalid_request"')],
    ]);
  });
});

describe("/oauth2/revoke and /oauth2/introspect", () => {
  it("revokes the sign-in of a refresh token, which all endpoints honour", async () => {
    const { access_token, refresh_token, id_token } = await tokens("openid");
    const revoke = (token: string, more: Parameters = {}) =>
      post("/oauth2/revoke", { token, client_id: client.client_id, ...more });
    expect(await revoke(access_token)).toMatchObject({
      status: 400,
      body: { error: "unsupported_token_type" },
    });
    expect(await revoke(id_token)).toMatchObject({ status: 400, body: { error: "unsupported_token_type" } });
    expect(await revoke("unknown")).toMatchObject({ status: 200, body: undefined });
    expect(await revoke(refresh_token, { client_id: confidential.client_id })).toMatchObject({ status: 401 });
    expect((await userInfo(access_token)).status).toBe(200);
    expect(await revoke(refresh_token)).toMatchObject({ status: 200, body: undefined });
    expect((await userInfo(access_token)).status).toBe(401);
  });

  it("tells a confidential client of the pool whether a token is active", async () => {
    const { access_token, refresh_token } = await tokens("openid");
    const { client_id, client_secret = "" } = confidential;
    const introspect = async (token: string, by: Parameters = { client_id, client_secret }) =>
      (await post("/oauth2/introspect", { token, ...by })).body;
    expect(await introspect(access_token)).toMatchObject({
      active: true,
      scope: "openid",
      client_id: client.client_id,
      username: "alice",
      token_type: "Bearer",
    });
    expect(await introspect(refresh_token)).toEqual({ active: false });
    expect(await introspect("x")).toEqual({ active: false });
    expect(await introspect(access_token, { client_id: client.client_id })).toEqual({
      error: "invalid_client",
    });
    await post("/oauth2/revoke", { token: refresh_token, client_id: client.client_id });
    expect(await introspect(access_token)).toEqual({ active: false });
  });
});

describe("/logout", () => {
  const logout = (parameters: Parameters) => openBrowser().visit(urlOf("/logout", parameters));
  it.each([
    [{ logout_uri: "https://app.example.com/bye", state: "x" }, "https://app.example.com/bye"],
    [
      { post_logout_redirect_uri: "https://app.example.com/bye", state: "x" },
      "https://app.example.com/bye?state=x",
    ],
  ])("redirects to a registered URI: %j", async (parameters, location) => {
    expect(await logout({ client_id: client.client_id, ...parameters })).toMatchObject({
      status: 302,
      location,
    });
  });

  it("goes to the sign-in page with redirect_uri, asking for all scopes", async () => {
    const request = { client_id: client.client_id, redirect_uri: CALLBACK, response_type: "code" };
    const { location } = await logout(request);
    expect(Object.fromEntries(new URL(location).searchParams)).toEqual({
      ...request,
      scope: "openid email profile aws.cognito.signin.user.admin",
    });
  });

  it.each([
    [{ logout_uri: "https://evil.example" }, "redirect_uri"],
    [{}, "redirect_uri"],
  ])("shows a page for %j", async (parameters, text) => {
    const { status, html } = await logout({ client_id: client.client_id, ...parameters });
    expect([status, html]).toEqual([400, expect.stringContaining(text)]);
  });
});

describe("the endpoints under /{poolId}", () => {
  it("are those of the discovery document, on the requested host", async () => {
    const local = server.url.replace("127.0.0.1", "localhost");
    const document = await (await fetch(`${local}/${poolId}/.well-known/openid-configuration`)).json();
    expect(document).toMatchObject({
      issuer: server.issuerOf(poolId),
      authorization_endpoint: `${local}/${poolId}/oauth2/authorize`,
      code_challenge_methods_supported: ["S256"],
    });
    expect(await (await fetch(`${local}/.well-known/oauth-authorization-server/${poolId}`)).json()).toEqual(
      document,
    );
    const start = await openBrowser().visit(authorizeUrl({}, `/${poolId}`));
    expect(new URL(start.location).pathname).toBe(`/${poolId}/login`);
  });

  it("answer 404 for an unknown pool", async () => {
    expect((await openBrowser().visit(authorizeUrl({}, "/us-east-1_Nowhere"))).status).toBe(404);
  });
});
