import { CreateIdentityProviderCommand } from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type OpenIdProvider, startOpenIdProvider } from "../support/openid-provider.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { type Browser, openBrowser, passProvider } from "./browser.ts";
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
      ProviderDetails: provider.details("openid"),
    }),
  );
  client = await createClient(server, poolId, { SupportedIdentityProviders: ["COGNITO", "Example"] });
  provider.accounts.set("Ada", {});
});
afterAll(async () => {
  provider.stop();
  await server.stop();
});

/** The nonce of the ID token that the client gets. */
async function nonceOf(browser: Browser, more: Record<string, string> = {}) {
  const parameters = { client_id: client.client_id, redirect_uri: PLAIN_CALLBACK };
  const start = { ...parameters, response_type: "code", scope: "openid", identity_provider: "Example" };
  const url = `${server.url}/${poolId}/oauth2/authorize?${new URLSearchParams({ ...start, ...more })}`;
  const location = await passProvider(browser, url, "Ada", PLAIN_CALLBACK);
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
