import { createServer, type Server } from "node:http";
import { resolve } from "node:path";
import { CreateIdentityProviderCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  identityProviderMetadata,
  type TestKey,
  testKey,
} from "../../src/federation/saml/fixtures/identity-provider.ts";
import { type BrowserApp, startBrowserApp } from "../support/browser-app.ts";
import { type Browsing, startBrowsing } from "../support/browsing.ts";
import { listen } from "../support/listen.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { answerRequest, readRequest } from "./saml-idp.ts";
import { createClient, openPool } from "./scene.ts";

let server: TestServer;
let app: BrowserApp;
let browsing: Browsing;
let provider: Server;
let key: TestKey;
let poolId: string;

beforeAll(async () => {
  server = await startTestServer({ tls: "local", tlsPort: 0 });
  key = await testKey(Date.now() - 1000);
  poolId = await openPool(server);
  // On 127.0.0.1, so that its form is sent from another site than that of the pool, which is at localhost.
  provider = createServer((request, response) => {
    // The browser also asks for an icon.
    if (!request.url?.startsWith("/sso")) return response.writeHead(404).end();
    const read = readRequest(`http://127.0.0.1${request.url}`);
    const fields = Object.entries(answerRequest(read, { key, poolId }));
    const inputs = fields.map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
    response.setHeader("content-type", "text/html");
    response.end(
      `<!doctype html><title>provider</title><form method="post" action="${read.assertionConsumer}">${inputs.join("")}<button>Continue as Jane</button></form>`,
    );
  });
  const signIn = `http://127.0.0.1:${await listen(provider)}/sso`;
  await server.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: poolId,
      ProviderName: "Corp",
      ProviderType: "SAML",
      ProviderDetails: { MetadataFile: identityProviderMetadata([key.certificate], { signIn }) },
      AttributeMapping: { email: "mail" },
    }),
  );

  app = await startBrowserApp(resolve(import.meta.dirname, "amplify-app.js"));
  browsing = startBrowsing({ plainPage: `${app.origin}/app.js` });
  const client = await createClient(server, poolId, {
    CallbackURLs: [`${app.origin}/`],
    LogoutURLs: [`${app.origin}/`],
    SupportedIdentityProviders: ["Corp"],
  });
  app.settings = {
    userPoolId: poolId,
    userPoolClientId: client.client_id,
    endpoint: server.url,
    // Amplify puts https:// before it.
    domain: `${new URL(server.tls?.url ?? "").host}/${poolId}`,
  };
});
afterAll(async () => {
  await browsing.close();
  app.stop();
  provider.close();
  await server.stop();
});

it("signs in by a SAML provider with Amplify's signInWithRedirect, by a form post from another site", async () => {
  const page = await browsing.open({ ignoreHTTPSErrors: true });
  await page.goto(app.origin);
  await page.waitForFunction("window.app !== undefined");
  await page.evaluate("void app.signInWith('Corp')");
  await page.getByRole("button", { name: "Continue as Jane" }).click();
  await page.waitForURL(`${app.origin}/**`);
  // Amplify announces both, in an order that it does not promise.
  await page.waitForFunction("/^(signedIn|signInWithRedirect)$/.test(document.title)");
  expect(await page.evaluate("app.email()")).toBe("jane@example.com");
}, 150_000);
