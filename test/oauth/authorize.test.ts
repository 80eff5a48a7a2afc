import { createHash } from "node:crypto";
import {
  AdminDisableProviderForUserCommand,
  CreateResourceServerCommand,
  type CreateUserPoolClientCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { clockOf } from "../support/server.ts";
import { openBrowser } from "./browser.ts";
import {
  authorize,
  authorizeUrl,
  CHALLENGE,
  claimsOf,
  client,
  confidential,
  exchange,
  type Parameters,
  PKCE,
  poolId,
  server,
  startCodeFlow,
  urlOf,
} from "./code-flow.ts";
import { CALLBACK, createClient, openPool, PASSWORD, PLAIN_CALLBACK } from "./scene.ts";

startCodeFlow();

async function addResourceServers(...identifiers: string[]): Promise<void> {
  for (const Identifier of identifiers) {
    const Scopes = [{ ScopeName: "read", ScopeDescription: "Read" }];
    await server.cognito.send(
      new CreateResourceServerCommand({ UserPoolId: poolId, Identifier, Name: "API", Scopes }),
    );
  }
}

describe("/oauth2/authorize", () => {
  it("redirects to the sign-in page with the same query, and after the sign-in to the client with a code", async () => {
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

  it("returns tokens without a refresh token in the fragment for response_type=token", async () => {
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
    ["a method without a challenge", { code_challenge_method: "S256" }, "invalid_request"],
    ["the method plain", { ...PKCE, code_challenge_method: "plain" }, "invalid_request"],
    ["a challenge of 42 characters", { ...PKCE, code_challenge: CHALLENGE.slice(1) }, "invalid_request"],
    ["a challenge of 44 characters", { ...PKCE, code_challenge: `${CHALLENGE}A` }, "invalid_request"],
    ["a challenge with a padding", { ...PKCE, code_challenge: `=${CHALLENGE}` }, "invalid_request"],
    ["a resource with a fragment", { resource: "https://api.example.com/#x" }, "invalid_request"],
    ["a resource that is no URI", { resource: "api" }, "invalid_request"],
    ["a resource by plain HTTP elsewhere", { resource: "http://api.example.com" }, "invalid_request"],
    ["prompt=none with another", { prompt: "none login" }, "invalid_request"],
    ["prompt=none without a session", { prompt: "none" }, "login_required"],
  ])("redirects to the client with an error for %s", async (_, more, error) => {
    const { status, location } = await openBrowser().visit(authorizeUrl(more));
    expect([status, location]).toEqual([
      302,
      `${CALLBACK}&${new URLSearchParams({ state: "s+1/=", error })}`,
    ]);
  });

  it.each([
    ["a scope of another client", { scope: "openid phone" }, "?", "invalid_scope"],
    ["email without openid", { scope: "email" }, "?", "invalid_scope"],
    ["a scope of the implicit flow", { scope: "nothing", response_type: "token" }, "#", "invalid_scope"],
  ])("returns Cognito's code in error_description for %s", async (_, more, mark, code) => {
    const { location } = await openBrowser().visit(authorizeUrl({ redirect_uri: PLAIN_CALLBACK, ...more }));
    expect(location).toBe(
      `${PLAIN_CALLBACK}${mark}error_description=${code}&state=s%2B1%2F%3D&error=invalid_request`,
    );
  });

  it("grants custom scopes for the resource that their resource server is named after, and refuses those of others", async () => {
    const resource = "https://mcp.example.com/mcp";
    await addResourceServers(resource, "orders");
    const { client_id } = await createClient(server, poolId, {
      AllowedOAuthScopes: ["openid", `${resource}/read`, "orders/read"],
    });
    const visit = (parameters: Parameters) =>
      openBrowser().visit(authorizeUrl({ client_id, redirect_uri: PLAIN_CALLBACK, ...parameters }));
    for (const granted of [
      { resource, scope: `openid ${resource}/read` },
      { resource, scope: "openid" },
      { resource },
      { resource: "http://localhost:3000", scope: "openid" },
      { scope: `${resource}/read orders/read` },
    ]) {
      expect((await visit(granted)).location).toContain("/login?");
    }
    const { location } = await visit({ resource, scope: `openid ${resource}/read orders/read` });
    expect(Object.fromEntries(new URL(location).searchParams)).toEqual({
      error: "invalid_request",
      error_description:
        "custom scopes requested for resource-binding must be assigned to the resource being requested",
      state: "s+1/=",
    });
  });

  it("grants no scopes of other resources to a request that names a resource and no scope", async () => {
    const resource = "https://files.example.com";
    await addResourceServers(resource, "invoices");
    const { client_id } = await createClient(server, poolId, {
      AllowedOAuthScopes: ["openid", `${resource}/read`, "invoices/read"],
    });
    const code = (await authorize({ client_id, resource })).get("code");
    const { body } = await exchange(code, { client_id });
    expect(claimsOf(body.access_token)).toMatchObject({ aud: resource, scope: `openid ${resource}/read` });
  });

  it("refuses a resource without a scope if the client has only scopes of other resources", async () => {
    await addResourceServers("prints");
    const { client_id } = await createClient(server, poolId, { AllowedOAuthScopes: ["prints/read"] });
    const more = { client_id, redirect_uri: PLAIN_CALLBACK, resource: "https://mcp.example.com" };
    const { location } = await openBrowser().visit(authorizeUrl(more));
    expect(new URL(location).searchParams.get("error_description")).toBe(
      "custom scopes requested for resource-binding must be assigned to the resource being requested",
    );
  });

  it("refuses a flow that the client may not use", async () => {
    const { client_id } = await createClient(server, poolId, { AllowedOAuthFlows: ["code"] });
    const more = { client_id, redirect_uri: PLAIN_CALLBACK, response_type: "token" };
    const { location } = await openBrowser().visit(authorizeUrl(more));
    expect(location).toBe(
      `${PLAIN_CALLBACK}#error_description=unauthorized_client&state=s%2B1%2F%3D&error=invalid_request`,
    );
  });

  it.each([[{ identity_provider: "Nowhere" }], [{ idp_identifier: "nowhere.example.com" }]])(
    "shows an error page for %j, a provider that the client does not have",
    async (more) => {
      const { status, html } = await openBrowser().visit(authorizeUrl(more));
      expect(status).toBe(400);
      expect(html).toContain("Login option is not available. Please try another one");
    },
  );

  it("returns an error of the implicit flow in the fragment", async () => {
    const { location } = await openBrowser().visit(authorizeUrl({ response_type: "token", prompt: "none" }));
    expect(location).toBe(`${CALLBACK}#${new URLSearchParams({ state: "s+1/=", error: "login_required" })}`);
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

  describe("without redirect_uri", () => {
    const TWO = [CALLBACK, PLAIN_CALLBACK];
    const NOT_PRESENT = [400, "Required String parameter 'redirect_uri' is not present"];

    it.each<[string, Partial<CreateUserPoolClientCommandInput>, Parameters, unknown]>([
      ["the only callback URL", { CallbackURLs: [PLAIN_CALLBACK] }, {}, [302, PLAIN_CALLBACK]],
      [
        "the default one",
        { CallbackURLs: TWO, DefaultRedirectURI: PLAIN_CALLBACK },
        {},
        [302, PLAIN_CALLBACK],
      ],
      ["neither", { CallbackURLs: TWO }, {}, NOT_PRESENT],
      [
        "a default one but no provider",
        { CallbackURLs: [PLAIN_CALLBACK], SupportedIdentityProviders: [] },
        {},
        NOT_PRESENT,
      ],
      [
        "a default one, for a request without response_type",
        { CallbackURLs: [PLAIN_CALLBACK], DefaultRedirectURI: PLAIN_CALLBACK },
        { response_type: "" },
        NOT_PRESENT,
      ],
    ])("uses what the client has: %s", async (_, settings, more, expected) => {
      const { client_id } = await createClient(server, poolId, settings);
      const url = authorizeUrl({ client_id, redirect_uri: "", prompt: "none", ...more });
      const { status, html, location } = await openBrowser().visit(url);
      const shown = /role="alert"[^>]*>([^<]*)</.exec(html)?.[1]?.replaceAll("&#39;", "'");
      expect([status, location === "" ? shown : location.split("?")[0]]).toEqual(expected);
    });
  });

  it("redirects to a registered address beyond ASCII in percent-encoding, also at sign-out", async () => {
    const address = "https://app.example.com/コールバック?é=1&ü=2";
    const ascii =
      "https://app.example.com/%E3%82%B3%E3%83%BC%E3%83%AB%E3%83%90%E3%83%83%E3%82%AF?%C3%A9=1&%C3%BC=2";
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

  it("shows a page for a client that is missing, not for OAuth, unknown, or of another pool", async () => {
    const plain = await createClient(server, poolId, { AllowedOAuthFlowsUserPoolClient: false });
    const other = await createClient(server, await openPool(server));
    const pages = [
      authorizeUrl({ client_id: "" }),
      authorizeUrl({ client_id: plain.client_id }),
      authorizeUrl({ client_id: "nobody" }),
      authorizeUrl({ client_id: other.client_id }, `/${poolId}`),
    ].map(async (url) => {
      const { status, html, location } = await openBrowser().visit(url);
      return [status, location || /role="alert"[^>]*>([^<]*)</.exec(html)?.[1]];
    });
    expect(await Promise.all(pages)).toEqual([
      [400, "Required String parameter 'client_id' is not present"],
      [400, "Client is not enabled for OAuth2.0 flows."],
      [302, urlOf("/error", { error: "invalid_request", client_id: "nobody" })],
      [302, urlOf(`/${poolId}/error`, { error: "invalid_request", client_id: other.client_id })],
    ]);
  });

  it("rejects a repeated parameter", async () => {
    const { status } = await openBrowser().visit(`${authorizeUrl()}&client_id=x`);
    expect(status).toBe(400);
  });
});

describe("the browser's session", () => {
  it("returns a code to other clients of the pool at once, with the auth_time of the sign-in", async () => {
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

  it("is not used with prompt=login, nor if it is older than max_age", async () => {
    const browser = openBrowser();
    await authorize({}, browser);
    server.clock?.advance(30_000);
    const paths = await Promise.all(
      [{ prompt: "login" }, { max_age: "0" }, { max_age: "10" }, { max_age: "1000" }].map(async (more) => {
        const { location } = await browser.visit(authorizeUrl(more));
        return new URL(location).pathname;
      }),
    );
    expect(paths).toEqual(["/login", "/login", "/login", "/callback"]);
  });

  it("is as old as max_age allows to the millisecond, and never young enough for 0", async () => {
    const clock = clockOf(server);
    clock.stop();
    const browser = openBrowser();
    await authorize({}, browser);
    const silent = async (max_age: string) => {
      const { location } = await browser.visit(authorizeUrl({ max_age, prompt: "none" }));
      return new URL(location).searchParams.get("error") ?? "code";
    };
    expect(await silent("0")).toBe("login_required");
    expect(await silent("1")).toBe("code");
    clock.advance(1000);
    expect(await silent("1")).toBe("code");
    clock.advance(1);
    expect(await silent("1")).toBe("login_required");
    clock.resume();
  });

  it("ends an hour after the sign-in, even if it is used", async () => {
    const browser = openBrowser();
    await authorize({}, browser);
    server.clock?.advance(59 * 60_000);
    expect((await browser.visit(authorizeUrl({ prompt: "none" }))).location).toContain("code=");
    server.clock?.advance(60_000);
    expect((await browser.visit(authorizeUrl({ prompt: "none" }))).location).toContain(
      "error=login_required",
    );
  });

  it("ends at /logout, even if its cookie was kept", async () => {
    const browser = openBrowser();
    await authorize({}, browser);
    const kept = new Map(browser.cookies);
    await browser.visit(
      urlOf("/logout", { client_id: client.client_id, logout_uri: "https://app.example.com/bye" }),
    );
    expect([...browser.cookies.keys()]).toEqual(["XSRF-TOKEN"]);
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect((await browser.visit(authorizeUrl({ prompt: "none" }))).location).toContain(
      "error=login_required",
    );
  });

  it("ends when another sign-in of the browser begins one, even if its cookie was kept", async () => {
    const browser = openBrowser();
    await authorize({}, browser);
    const earlier = openBrowser();
    for (const [name, value] of browser.cookies) earlier.cookies.set(name, value);
    await authorize({ prompt: "login" }, browser);
    const silent = authorizeUrl({ prompt: "none" });
    expect((await browser.visit(silent)).location).toContain("code=");
    expect((await earlier.visit(silent)).location).toContain("error=login_required");
  });

  it("is none for another pool, even if its cookie is sent under that pool's name", async () => {
    const browser = openBrowser();
    await authorize({}, browser);
    const otherId = await openPool(server);
    const { client_id } = await createClient(server, otherId);
    browser.cookies.set(`cognito-${otherId}`, browser.cookies.get(`cognito-${poolId}`) ?? "");
    expect((await browser.visit(authorizeUrl({ client_id, prompt: "none" }))).location).toContain(
      "error=login_required",
    );
  });
});

describe("/login", () => {
  it("shows the error of a wrong password, and keeps the username in the form", async () => {
    const { status, html } = await openBrowser().signIn(authorizeUrl(), "alice", "wrong");
    expect([status, html]).toEqual([200, expect.stringContaining("Incorrect username or password.")]);
    expect(html).toContain('value="alice"');
  });

  it("shows the same error for a user without a password, as those of identity providers are", async () => {
    const { cognito } = server;
    const UserPoolId = await openPool(server);
    const User = {
      ProviderName: "Cognito",
      ProviderAttributeName: "Cognito_Subject",
      ProviderAttributeValue: "alice",
    };
    await cognito.send(new AdminDisableProviderForUserCommand({ UserPoolId, User }));
    const { client_id } = await createClient(server, UserPoolId, { PreventUserExistenceErrors: "LEGACY" });
    const { status, html } = await openBrowser().signIn(authorizeUrl({ client_id }), "alice", PASSWORD);
    expect([status, html]).toEqual([200, expect.stringContaining("Incorrect username or password.")]);
  });

  it("rejects a form without the CSRF token of its page", async () => {
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

  it("escapes parameters that it shows", async () => {
    const { html } = await openBrowser().signIn(authorizeUrl(), `"><script>alert(1)</script>`, "x");
    expect(html).not.toContain("<script>");
  });
});
