import { resolve } from "node:path";
import { CreateIdentityProviderCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BrowserApp, startBrowserApp } from "../support/browser-app.ts";
import { type Browsing, startBrowsing } from "../support/browsing.ts";
import { type OpenIdProvider, startOpenIdProvider } from "../support/openid-provider.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { createClient, openPool, PASSWORD } from "./scene.ts";

let server: TestServer;
let app: BrowserApp;
let browsing: Browsing;
let provider: OpenIdProvider;

beforeAll(async () => {
  server = await startTestServer({ tls: "local", tlsPort: 0 });
  const userPoolId = await openPool(server);
  provider = await startOpenIdProvider([`${server.tls?.url}/${userPoolId}/oauth2/idpresponse`]);
  provider.accounts.set("ada", { email: "ada@example.com" });
  await server.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: userPoolId,
      ProviderName: "Example",
      ProviderType: "OIDC",
      ProviderDetails: provider.details("openid email"),
      AttributeMapping: { email: "email" },
    }),
  );
  app = await startBrowserApp(resolve(import.meta.dirname, "amplify-app.js"));
  browsing = startBrowsing({ plainPage: `${app.origin}/app.js` });
  const client = await createClient(server, userPoolId, {
    CallbackURLs: [`${app.origin}/`],
    LogoutURLs: [`${app.origin}/`],
    SupportedIdentityProviders: ["COGNITO", "Example"],
  });
  app.settings = {
    userPoolId,
    userPoolClientId: client.client_id,
    endpoint: server.url,
    // Amplify puts https:// before it.
    domain: `${new URL(server.tls?.url ?? "").host}/${userPoolId}`,
  };
});
afterAll(async () => {
  await browsing.close();
  app.stop();
  provider.stop();
  await server.stop();
});

it("signs in and out with Amplify's signInWithRedirect, over TLS", async () => {
  const page = await browsing.open({ ignoreHTTPSErrors: true });
  await page.goto(app.origin);
  await page.waitForFunction("window.app !== undefined");
  await page.evaluate("void app.signIn()");
  await page.getByLabel("Username").fill("alice");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${app.origin}/**`);
  // Amplify announces both, in an order that it does not promise.
  await page.waitForFunction("/^(signedIn|signInWithRedirect)$/.test(document.title)");
  expect(await page.evaluate("app.email()")).toBe("alice@example.com");

  const back = page.waitForEvent("framenavigated", (frame) => frame.url() === `${app.origin}/`);
  await page.evaluate("void app.signOut()");
  await back;
  await page.waitForFunction("window.app !== undefined");
  // The browser's session has ended as well: signing in asks for the password again.
  await page.evaluate("void app.signIn()");
  await page.getByLabel("Password", { exact: true }).waitFor();
}, 150_000);

it("signs in by an OpenID Connect provider with Amplify's signInWithRedirect({ provider })", async () => {
  const page = await browsing.open({ ignoreHTTPSErrors: true });
  await page.goto(app.origin);
  await page.waitForFunction("window.app !== undefined");
  await page.evaluate("void app.signInBy('Example')");
  await page.locator("input[name=login]").fill("ada");
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${app.origin}/**`);
  await page.waitForFunction("/^(signedIn|signInWithRedirect)$/.test(document.title)");
  expect(await page.evaluate("app.email()")).toBe("ada@example.com");
}, 150_000);
