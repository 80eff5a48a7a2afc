import { CreateIdentityProviderCommand } from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type OpenIdProvider, startOpenIdProvider } from "../support/openid-provider.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { openBrowser } from "./browser.ts";
import { createClient, openPool, PLAIN_CALLBACK, type TestClient } from "./scene.ts";

let server: TestServer;
let poolId: string;
let client: TestClient;
let provider: OpenIdProvider;

beforeAll(async () => {
  server = await startTestServer({ federatedNonce: true });
  poolId = await openPool(server);
  provider = await startOpenIdProvider([`${server.url}/${poolId}/oauth2/idpresponse`]);
  await server.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: poolId,
      ProviderName: "Example",
      ProviderType: "OIDC",
      ProviderDetails: {
        client_id: provider.clientId,
        client_secret: provider.clientSecret,
        authorize_scopes: "openid",
        attributes_request_method: "GET",
        oidc_issuer: provider.issuer,
      },
    }),
  );
  client = await createClient(server, poolId, { SupportedIdentityProviders: ["COGNITO", "Example"] });
  provider.accounts.set("Ada", {});
});
afterAll(async () => {
  provider.stop();
  await server.stop();
});

type Browser = ReturnType<typeof openBrowser>;

/** The nonce of the ID token that the client gets. */
async function nonceOf(browser: Browser, more: Record<string, string> = {}) {
  const parameters = { client_id: client.client_id, redirect_uri: PLAIN_CALLBACK };
  const start = { ...parameters, response_type: "code", scope: "openid", identity_provider: "Example" };
  let { location } = await browser.visit(
    `${server.url}/${poolId}/oauth2/authorize?${new URLSearchParams({ ...start, ...more })}`,
  );
  for (let step = 0; step < 12 && !location.startsWith(PLAIN_CALLBACK); step++) {
    const page = await browser.visit(location);
    const answer = { login: "Ada", password: "any" };
    location = page.location || (await browser.submit(location, page, answer)).location;
  }
  const code = new URL(location).searchParams.get("code") ?? "";
  const answer = await fetch(`${server.url}/${poolId}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "authorization_code", ...parameters, code }),
  });
  return decodeJwt(((await answer.json()) as { id_token: string }).id_token).nonce;
}

it("puts a nonce into the ID token of a sign-in at a provider, and none into that of a later one by the browser's session", async () => {
  const browser = openBrowser();
  expect(await nonceOf(browser)).toMatch(/^[\w-]{171}$/);
  expect(await nonceOf(browser)).toBeUndefined();
});

it("keeps the nonce of the client", async () => {
  expect(await nonceOf(openBrowser(), { nonce: "the client's" })).toBe("the client's");
});
