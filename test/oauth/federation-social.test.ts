/** Sign-in by Google, Facebook, Login with Amazon and Apple, whose endpoints are stand-ins on this machine. */
import {
  CreateIdentityProviderCommand,
  type CreateIdentityProviderCommandInput,
  CreateUserPoolCommand,
  type IdentityProviderTypeType,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";
import { type SocialProviders, startSocialProviders } from "../support/social-providers.ts";
import { openBrowser } from "./browser.ts";
import { createClient, PLAIN_CALLBACK } from "./scene.ts";

let server: TestServer;
let providers: SocialProviders;
let poolId: string;
let clientId: string;
let base: string;

beforeAll(async () => {
  providers = await startSocialProviders();
  server = await startTestServer({ providerEndpoints: providers.endpoints });
  const { UserPool } = await server.cognito.send(
    new CreateUserPoolCommand({
      PoolName: "social",
      UsernameConfiguration: { CaseSensitive: false },
      AcrConfiguration: { Level4: { AcrValue: "strong" } },
    }),
  );
  poolId = UserPool?.Id ?? "";
  base = `${server.url}/${poolId}`;
  const mapping = { email: "email" };
  await add("Google", { AttributeMapping: { ...mapping, name: "names" } });
  await add("Facebook", { AttributeMapping: { ...mapping, name: "name" } });
  await add("LoginWithAmazon", { AttributeMapping: { ...mapping, name: "name" } });
  await add("SignInWithApple", {
    ProviderDetails: {
      client_id: "id",
      team_id: "TEAM",
      key_id: "KEY",
      private_key: providers.appleKey.export({ type: "pkcs8", format: "pem" }).toString(),
      authorize_scopes: "email name",
    },
    AttributeMapping: { ...mapping, email_verified: "email_verified", given_name: "firstName" },
  });
  await add("OIDC", {
    ProviderName: "Company",
    ProviderDetails: {
      client_id: "id",
      client_secret: "secret",
      authorize_scopes: "openid",
      attributes_request_method: "GET",
      oidc_issuer: `${providers.url}/OIDC`,
      authorize_url: `${providers.url}/OIDC/authorize`,
      token_url: `${providers.url}/OIDC/token`,
      jwks_uri: `${providers.url}/OIDC/keys`,
    },
    AcrMapping: { Level1: "bronze", Level4: "gold" },
  });
  const names = ["Google", "Facebook", "LoginWithAmazon", "SignInWithApple", "Company"];
  clientId = (await createClient(server, poolId, { SupportedIdentityProviders: names })).client_id;
});
afterAll(async () => {
  providers.stop();
  await server.stop();
});
beforeEach(() => {
  providers.requests.length = 0;
  providers.idTokenClaims = {};
});

async function add(
  ProviderType: IdentityProviderTypeType,
  more: Partial<CreateIdentityProviderCommandInput> = {},
) {
  await server.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: poolId,
      ProviderName: ProviderType,
      ProviderType,
      ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "email,profile" },
      ...more,
    }),
  );
}

const authorizeUrl = (more: Record<string, string>) =>
  `${base}/oauth2/authorize?${new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: PLAIN_CALLBACK,
    scope: "openid email profile",
    state: "s1",
    ...more,
  })}`;

/** Goes to the provider and back. @returns where the app is sent */
async function signIn(provider: string, more: Record<string, string> = {}): Promise<URL> {
  const browser = openBrowser();
  const start = await browser.visit(authorizeUrl({ identity_provider: provider, ...more }));
  const atProvider = await browser.visit(start.location);
  if (atProvider.location) return new URL((await browser.visit(atProvider.location)).location);
  const { action, fields } = JSON.parse(atProvider.html);
  const posted = await browser.visit(action, fields);
  expect(posted.location).not.toContain("Byron");
  return new URL((await browser.visit(posted.location)).location);
}

async function tokensOf(location: URL) {
  const code = location.searchParams.get("code");
  if (code === null) throw new Error(location.href);
  const answer = await fetch(`${base}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: PLAIN_CALLBACK,
      code,
    }),
  });
  const tokens = (await answer.json()) as { id_token: string; access_token: string; refresh_token: string };
  return { ...tokens, id: decodeJwt(tokens.id_token), access: decodeJwt(tokens.access_token) };
}

const asked = (line: string) => providers.requests.find((request) => request.line === line)?.parameters;

describe("a sign-in by a social provider", () => {
  it("reads Google's ID token and the fields of its People API", async () => {
    const { id } = await tokensOf(await signIn("Google", { login_hint: "ada@example.com" }));
    expect(id).toMatchObject({
      "cognito:username": "google_google-1",
      email: "ada@example.com",
      name: "Ada Byron",
      identities: [{ providerName: "Google", providerType: "Google", userId: "Google-1", issuer: null }],
    });
    expect(asked("GET /Google/authorize")).toMatchObject({
      scope: "email profile",
      login_hint: "ada@example.com",
      code_challenge_method: "S256",
    });
    expect(asked("GET /Google/me")).toEqual({ fields: "names" });
  });

  it("reads a user of Facebook by GET, without an ID token", async () => {
    const { id } = await tokensOf(await signIn("Facebook"));
    expect(id).toMatchObject({ "cognito:username": "facebook_fb-1", email: "ada@example.com", name: "Ada" });
    expect(asked("GET /Facebook/authorize")).toMatchObject({ scope: "email,profile" });
    expect(asked("GET /Facebook/token")).toMatchObject({ client_secret: "secret" });
    expect(asked("GET /Facebook/me")?.fields?.split(",").toSorted()).toEqual(["email", "id", "name"]);
  });

  it("reads a user of Login with Amazon", async () => {
    const { id } = await tokensOf(await signIn("LoginWithAmazon"));
    expect(id).toMatchObject({ "cognito:username": "loginwithamazon_amzn1.account.a", name: "Ada" });
    expect(id.identities).toMatchObject([{ userId: "amzn1.account.A" }]);
    expect(asked("POST /LoginWithAmazon/token")).toMatchObject({ client_secret: "secret" });
  });

  it("accepts Apple's form, with a client secret that the developer's key signs", async () => {
    const { id } = await tokensOf(await signIn("SignInWithApple"));
    expect(id).toMatchObject({
      "cognito:username": "signinwithapple_signinwithapple-1",
      // Of the ID token; the form is not signed.
      email: "ada@example.com",
      email_verified: true,
      given_name: "Ada",
    });
    expect(asked("GET /SignInWithApple/authorize")).toMatchObject({ response_mode: "form_post" });
  });

  it("returns tokens and errors in the fragment in the implicit flow", async () => {
    const implicit = { response_type: "token" };
    expect((await signIn("Google", implicit)).hash).toContain("id_token=");
    providers.idTokenClaims = { nonce: "another" };
    const refused = await signIn("Google", implicit);
    expect(refused.hash).toContain("error=invalid_request");
    expect(refused.hash).toContain("unexpected+nonce");
    expect(refused.search).toBe("");
  });
});

describe("the level that a provider asserts", () => {
  it("is in both tokens under the pool's name, also after a refresh", async () => {
    providers.idTokenClaims = { acr: "gold", amr: ["pwd", "otp", "mfa", "face"] };
    const tokens = await tokensOf(
      await signIn("Company", { acr_values: "strong urn:cognito:loa:2", max_age: "60" }),
    );
    const expected = { acr: "strong", amr: ["pwd", "otp", "mfa"] };
    expect(tokens.id).toMatchObject(expected);
    expect(tokens.access).toMatchObject(expected);
    expect(asked("GET /OIDC/authorize")).toMatchObject({ acr_values: "gold", max_age: "60" });
    const answer = await fetch(`${base}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "refresh_token",
        client_id: clientId,
        refresh_token: tokens.refresh_token,
      }),
    });
    const refreshed = (await answer.json()) as { access_token: string };
    expect(decodeJwt(refreshed.access_token)).toMatchObject(expected);
  });

  it("is the lowest one, with the method fed, if it is unknown or the provider does not use OpenID Connect", async () => {
    const least = { acr: "urn:cognito:loa:1", amr: ["fed"] };
    providers.idTokenClaims = { acr: "platinum", amr: ["face"] };
    expect((await tokensOf(await signIn("Company"))).access).toMatchObject(least);
    providers.idTokenClaims = { acr: "strong", amr: ["pwd", "otp"] };
    expect((await tokensOf(await signIn("Google"))).access).toMatchObject(least);
    expect((await tokensOf(await signIn("Facebook"))).id).toMatchObject(least);
  });

  it("is kept in the browser's session for the next client", async () => {
    providers.idTokenClaims = { acr: "gold", amr: ["pwd"] };
    const browser = openBrowser();
    const start = await browser.visit(authorizeUrl({ identity_provider: "Company" }));
    await browser.visit((await browser.visit(start.location)).location);
    const again = await browser.visit(authorizeUrl({ prompt: "none" }));
    expect((await tokensOf(new URL(again.location))).id).toMatchObject({ acr: "strong", amr: ["pwd"] });
  });
});

describe("an answer of a provider to another sign-in of the same browser", () => {
  it("is rejected with the state of one client and the code of another", async () => {
    const other = await createClient(server, poolId, { SupportedIdentityProviders: ["Company"] });
    const browser = openBrowser();
    const backOf = async (client_id: string) => {
      const start = await browser.visit(authorizeUrl({ identity_provider: "Company", client_id }));
      return new URL((await browser.visit(start.location)).location);
    };
    const [mine, theirs] = [await backOf(clientId), await backOf(other.client_id)];
    // The stand-in binds the code to the nonce of its own request, as the ID token then shows.
    mine.searchParams.set("code", theirs.searchParams.get("code") ?? "");
    const { location } = await browser.visit(mine.href);
    expect(new URL(location).searchParams.get("error_description")).toBe(
      "Invalid ID token: unexpected nonce",
    );
  });

  it("is rejected with an ID token that has the nonce of an earlier sign-in", async () => {
    const first = await signIn("Company");
    expect(first.searchParams.has("code")).toBe(true);
    const nonce = asked("GET /OIDC/authorize")?.nonce ?? "";
    providers.idTokenClaims = { nonce };
    expect((await signIn("Company")).searchParams.get("error_description")).toBe(
      "Invalid ID token: unexpected nonce",
    );
  });
});
