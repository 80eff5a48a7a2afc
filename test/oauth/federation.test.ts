import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  CreateIdentityProviderCommand,
  DeleteIdentityProviderCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import fc from "fast-check";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenIdProvider, startOpenIdProvider } from "../support/openid-provider.ts";
import { clockOf, startTestServer, type TestServer } from "../support/server.ts";
import { type Browser, openBrowser, type Page, passProvider } from "./browser.ts";
import { createClient, openPool, PLAIN_CALLBACK, type TestClient } from "./scene.ts";

let server: TestServer;
let poolId: string;
let client: TestClient;
let provider: OpenIdProvider;

beforeAll(async () => {
  server = await startTestServer();
  poolId = await openPool(server);
  provider = await startOpenIdProvider([`${server.url}/${poolId}/oauth2/idpresponse`]);
  await server.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: poolId,
      ProviderName: "Example",
      ProviderType: "OIDC",
      ProviderDetails: provider.details("openid email profile"),
      AttributeMapping: { email: "email", email_verified: "email_verified", name: "name" },
      IdpIdentifiers: ["example.com"],
    }),
  );
  client = await createClient(server, poolId, { SupportedIdentityProviders: ["COGNITO", "Example"] });
  provider.accounts.set("Ada", { email: "ada@example.com", email_verified: true, name: "Ada" });
});
afterAll(async () => {
  provider.stop();
  await server.stop();
});

const authorizeUrl = (more: Record<string, string> = { identity_provider: "Example" }) =>
  `${server.url}/${poolId}/oauth2/authorize?${new URLSearchParams({
    client_id: client.client_id,
    response_type: "code",
    scope: "openid email profile",
    redirect_uri: PLAIN_CALLBACK,
    state: "the app's state",
    ...more,
  })}`;

/** Goes to the provider and signs in there. @returns the address that the provider sends the browser back to */
const comeBack = (browser: Browser, login: string, start = authorizeUrl()) =>
  passProvider(browser, start, login, server.url);

async function signIn(browser: Browser, login: string): Promise<Page> {
  return browser.visit(await comeBack(browser, login));
}

/** The answer to the app. */
const answerOf = ({ location }: Page) => {
  expect(location.startsWith(PLAIN_CALLBACK)).toBe(true);
  return Object.fromEntries(new URL(location).searchParams);
};

async function idTokenOf(page: Page) {
  const { code = "", state } = answerOf(page);
  expect(state).toBe("the app's state");
  const answer = await fetch(`${server.url}/${poolId}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: client.client_id,
      redirect_uri: PLAIN_CALLBACK,
      code,
    }),
  });
  const { id_token } = (await answer.json()) as { id_token: string };
  return decodeJwt(id_token);
}

const userOf = async (Username: string) => {
  const user = await server.cognito.send(new AdminGetUserCommand({ UserPoolId: poolId, Username }));
  const attributes = Object.fromEntries(user.UserAttributes?.map(({ Name, Value }) => [Name, Value]) ?? []);
  return { ...user, attributes };
};

describe("a sign-in by an OpenID Connect provider", () => {
  it("creates a user in the provider's group the first time", async () => {
    const claims = await idTokenOf(await signIn(openBrowser(), "Ada"));
    expect(claims).toMatchObject({
      "cognito:username": "Example_Ada",
      "cognito:groups": [`${poolId}_Example`],
      email: "ada@example.com",
      email_verified: true,
      name: "Ada",
      identities: [
        {
          userId: "Ada",
          providerName: "Example",
          providerType: "OIDC",
          issuer: null,
          primary: "true",
          dateCreated: expect.stringMatching(/^\d{13}$/),
        },
      ],
    });
    expect((await userOf("Example_Ada")).UserStatus).toBe("EXTERNAL_PROVIDER");
  });

  it("updates mapped attributes each later time", async () => {
    provider.accounts.set("Bob", { email: "bob@example.com", name: "Bob" });
    const before = await idTokenOf(await signIn(openBrowser(), "Bob"));
    provider.accounts.set("Bob", { email: "robert@example.com", name: "Robert" });
    const after = await idTokenOf(await signIn(openBrowser(), "Bob"));
    expect(after).toMatchObject({ sub: before.sub, email: "robert@example.com", name: "Robert" });
  });

  it("finds the provider by idp_identifier", async () => {
    const page = await openBrowser().visit(authorizeUrl({ idp_identifier: "example.com" }));
    expect(page.location).toContain(`${provider.issuer}/auth?`);
  });

  it("shows a page for an idp_identifier of no provider, or of one that the client does not have", async () => {
    const { client_id } = await createClient(server, poolId, { SupportedIdentityProviders: ["COGNITO"] });
    for (const request of [
      { idp_identifier: "unknown.example" },
      { client_id, idp_identifier: "example.com" },
    ]) {
      const page = await openBrowser().visit(authorizeUrl(request));
      expect([page.status, page.location]).toEqual([400, ""]);
      expect(page.html).toContain("Login option is not available. Please try another one");
    }
  });

  it("shows a page for a provider that was deleted", async () => {
    const ProviderName = "Former";
    const ProviderDetails = {
      client_id: "a",
      authorize_scopes: "openid",
      attributes_request_method: "GET",
      oidc_issuer: provider.issuer,
    };
    const named = { UserPoolId: poolId, ProviderName };
    await server.cognito.send(
      new CreateIdentityProviderCommand({ ...named, ProviderType: "OIDC", ProviderDetails }),
    );
    const { client_id } = await createClient(server, poolId, { SupportedIdentityProviders: [ProviderName] });
    await server.cognito.send(new DeleteIdentityProviderCommand(named));
    const page = await openBrowser().visit(authorizeUrl({ client_id, identity_provider: ProviderName }));
    expect([page.status, page.location]).toEqual([400, ""]);
    expect(page.html).toContain("Login option is not available. Please try another one");
  });

  it("starts at a button of the sign-in page", async () => {
    const browser = openBrowser();
    const login = await browser.visit((await browser.visit(authorizeUrl({}))).location);
    expect(login.html).toContain("identity_provider=Example");
  });

  it("returns tokens of the user whom the identity is linked to", async () => {
    const { attributes } = await userOf("alice");
    await server.cognito.send(
      new AdminLinkProviderForUserCommand({
        UserPoolId: poolId,
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "alice" },
        SourceUser: {
          ProviderName: "Example",
          ProviderAttributeName: "Cognito_Subject",
          ProviderAttributeValue: "Linked",
        },
      }),
    );
    const claims = await idTokenOf(await signIn(openBrowser(), "Linked"));
    expect(claims).toMatchObject({ sub: attributes.sub, "cognito:username": "alice" });
  });

  it("does not redirect to the provider during the browser's session", async () => {
    const browser = openBrowser();
    await signIn(browser, "Ada");
    expect(answerOf(await browser.visit(authorizeUrl({})))).toHaveProperty("code");
  });

  it("does not use a provider's session for the sign-in of a local user", async () => {
    const browser = openBrowser();
    await signIn(browser, "Ada");
    const silent = { identity_provider: "COGNITO", prompt: "none" };
    expect(answerOf(await browser.visit(authorizeUrl(silent)))).toMatchObject({ error: "login_required" });
    expect((await browser.visit(authorizeUrl({ identity_provider: "COGNITO" }))).location).toContain(
      "/login?",
    );
  });

  it("redirects to the client with an error for a disabled user", async () => {
    await idTokenOf(await signIn(openBrowser(), "Mallory"));
    await server.cognito.send(
      new AdminDisableUserCommand({ UserPoolId: poolId, Username: "Example_Mallory" }),
    );
    expect(answerOf(await signIn(openBrowser(), "Mallory"))).toMatchObject({
      error: "invalid_request",
      error_description: "User is not enabled",
    });
  });
});

describe("an answer of a provider", () => {
  const refused = async (page: Page | Promise<Page>) => {
    const { status, location, html } = await page;
    expect([status, location]).toEqual([400, ""]);
    expect(html).toContain("Something went wrong");
  };

  it("is rejected in another browser", async () => {
    const back = await comeBack(openBrowser(), "Ada");
    await refused(openBrowser().visit(back));
    const other = openBrowser();
    await other.visit(authorizeUrl());
    await refused(other.visit(back));
  });

  it("is rejected at its second use", async () => {
    const browser = openBrowser();
    const back = await comeBack(browser, "Ada");
    answerOf(await browser.visit(back));
    await refused(browser.visit(back));
  });

  it("is rejected with a code that was used in another sign-in", async () => {
    const browser = openBrowser();
    const used = new URL(await comeBack(browser, "Ada"));
    await browser.visit(used.href);
    const again = authorizeUrl({ identity_provider: "Example", prompt: "login" });
    const next = new URL(await comeBack(browser, "Ada", again));
    next.searchParams.set("code", used.searchParams.get("code") ?? "");
    expect(answerOf(await browser.visit(next.href))).toEqual({
      error: "invalid_request",
      error_description: "Example Error - 400 invalid_grant grant request is invalid",
      state: "the app's state",
    });
  });

  it("is rejected with the code of another browser's sign-in, by PKCE", async () => {
    const stolen = new URL(await comeBack(openBrowser(), "Ada")).searchParams.get("code") ?? "";
    const browser = openBrowser();
    const back = new URL(await comeBack(browser, "Mallory2"));
    back.searchParams.set("code", stolen);
    expect(answerOf(await browser.visit(back.href))).toMatchObject({ error: "invalid_request" });
  });

  it("is rejected from another issuer", async () => {
    const browser = openBrowser();
    const back = new URL(await comeBack(browser, "Ada"));
    back.searchParams.set("iss", "https://evil.example.com");
    expect(answerOf(await browser.visit(back.href))).toMatchObject({
      error: "invalid_request",
      error_description: "The answer is of another issuer",
    });
  });

  it("is rejected after five minutes", async () => {
    const browser = openBrowser();
    const back = await comeBack(browser, "Ada");
    clockOf(server).advance(301_000);
    await refused(browser.visit(back));
    clockOf(server).reset();
  });

  it.each(["deleted", "taken from the client"])(
    "is rejected if the provider was %s meanwhile",
    async (what) => {
      const named = { UserPoolId: poolId, ProviderName: "Temporary" };
      await server.cognito.send(
        new CreateIdentityProviderCommand({
          ...named,
          ProviderType: "OIDC",
          ProviderDetails: provider.details("openid"),
          IdpIdentifiers: ["temporary.example"],
        }),
      );
      const { client_id } = await createClient(server, poolId, { SupportedIdentityProviders: ["Temporary"] });
      const browser = openBrowser();
      const start = authorizeUrl({ client_id, idp_identifier: "temporary.example" });
      const back = await comeBack(browser, "Ada", start);
      if (what === "taken from the client") {
        await server.cognito.send(
          new UpdateUserPoolClientCommand({
            UserPoolId: poolId,
            ClientId: client_id,
            AllowedOAuthFlowsUserPoolClient: true,
            AllowedOAuthFlows: ["code"],
            AllowedOAuthScopes: ["openid", "email", "profile"],
            CallbackURLs: [PLAIN_CALLBACK],
            SupportedIdentityProviders: ["COGNITO", "Example"],
          }),
        );
        await refused(browser.visit(back));
      }
      await server.cognito.send(new DeleteIdentityProviderCommand(named));
      await refused(browser.visit(back));
    },
  );

  it.each([
    ["the error x", { error: "x".repeat(100) }, { error: "x".repeat(100) }],
    ["an error that is too long", { error: "x".repeat(101) }, { error: "server_error" }],
    ["an error in quotes", { error: '"denied"' }, { error: "server_error" }],
    ["an error with a line break at its end", { error: "denied\n" }, { error: "server_error" }],
    [
      "a long description",
      { error: "denied", error_description: "x".repeat(1001) },
      { error: "denied", error_description: "x".repeat(1000) },
    ],
    ["neither a code nor an error", {}, { error: "invalid_request" }],
  ])("redirects to the client if it has %s", async (_, parameters, expected) => {
    const browser = openBrowser();
    const back = new URL(await comeBack(browser, "Ada"));
    back.searchParams.delete("code");
    for (const [name, value] of Object.entries(parameters)) back.searchParams.set(name, value);
    expect(answerOf(await browser.visit(back.href))).toEqual({ ...expected, state: "the app's state" });
  });

  it("redirects to the client with the provider's error if the user cancels", async () => {
    const browser = openBrowser();
    const back = new URL(await comeBack(browser, "Ada"));
    back.searchParams.delete("code");
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("error_description", "The user said no");
    expect(answerOf(await browser.visit(back.href))).toEqual({
      error: "access_denied",
      error_description: "The user said no",
      state: "the app's state",
    });
  });

  it("can be a form post, which is redirected so that the browser sends its cookies", async () => {
    const browser = openBrowser();
    const back = new URL(await comeBack(browser, "Ada"));
    const posted = await fetch(`${back.origin}${back.pathname}`, {
      method: "POST",
      body: back.searchParams,
      redirect: "manual",
    });
    expect(posted.status).toBe(303);
    expect(answerOf(await browser.visit(posted.headers.get("location") ?? ""))).toHaveProperty("code");
  });

  it("causes no internal error with random parameters", async () => {
    const browser = openBrowser();
    const state = new URL(await comeBack(browser, "Ada")).searchParams.get("state") ?? "";
    const value = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.constantFrom("", state, state.slice(1), "access_denied", "\r\nset-cookie: a=1"),
    );
    const names = ["state", "code", "error", "error_description", "iss", "user", "client_id", "redirect_uri"];
    const url = `${server.url}/${poolId}/oauth2/idpresponse`;
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...names), value),
        fc.boolean(),
        async (parameters, isForm) => {
          const query = new URLSearchParams(parameters);
          const page = isForm ? await browser.visit(url, parameters) : await browser.visit(`${url}?${query}`);
          expect(page.status).toBeLessThan(500);
          if (page.location)
            expect([PLAIN_CALLBACK, url].some((own) => page.location.startsWith(own))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("a provider that cannot be reached", () => {
  it("is reported to the client", async () => {
    await server.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId: poolId,
        ProviderName: "Private",
        ProviderType: "OIDC",
        ProviderDetails: {
          client_id: "a",
          authorize_scopes: "openid",
          attributes_request_method: "GET",
          oidc_issuer: "https://169.254.169.254",
        },
      }),
    );
    client = await createClient(server, poolId, {
      SupportedIdentityProviders: ["COGNITO", "Example", "Private"],
    });
    const page = await openBrowser().visit(authorizeUrl({ identity_provider: "Private" }));
    expect(answerOf(page)).toMatchObject({
      error: "invalid_request",
      error_description: expect.stringContaining("an address that is not public"),
    });
  });
});
