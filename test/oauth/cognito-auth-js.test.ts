/** amazon-cognito-auth-js, which many older applications use: without PKCE, with a body that is not percent-encoded. */
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BrowserApp, startBrowserApp } from "../support/browser-app.ts";
import { type Browsing, startBrowsing } from "../support/browsing.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { createClient, openPool, PASSWORD } from "./scene.ts";

let server: TestServer;
let app: BrowserApp;
let browsing: Browsing;

beforeAll(async () => {
  server = await startTestServer({ tls: "local", tlsPort: 0 });
  const UserPoolId = await openPool(server);
  // As the bundlers of its time defined it.
  app = await startBrowserApp(resolve(import.meta.dirname, "cognito-auth-js-app.js"), {
    define: { global: "window" },
  });
  const { client_id: ClientId } = await createClient(server, UserPoolId, {
    CallbackURLs: [`${app.origin}/`],
    LogoutURLs: [`${app.origin}/`],
  });
  app.settings = {
    ClientId,
    UserPoolId,
    AppWebDomain: `${new URL(server.tls?.url ?? "").host}/${UserPoolId}`,
  };
  browsing = startBrowsing({ plainPage: `${app.origin}/app.js` });
});
afterAll(async () => {
  await browsing.close();
  app.stop();
  await server.stop();
});

it.each([
  ["the implicit flow", false],
  ["the code flow, refreshes", true],
])(
  "signs in by %s and out with amazon-cognito-auth-js",
  async (_, usesCode) => {
    const page = await browsing.open({ ignoreHTTPSErrors: true });
    await page.goto(app.origin);
    await page.waitForFunction("window.app !== undefined");
    if (usesCode) await page.evaluate("app.useCodeGrantFlow()");
    await page.evaluate("void app.getSession()");
    await page.getByLabel("Username").fill("alice");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForFunction("document.title === 'signed in'");
    expect(await page.evaluate("session.getIdToken().decodePayload().email")).toBe("alice@example.com");
    expect(await page.evaluate("app.getUsername()")).toBe("alice");

    if (usesCode) {
      const before = await page.evaluate("session.getAccessToken().getJwtToken()");
      server.clock?.advance(1000);
      await page.evaluate("document.title = 'app'; app.refreshSession(session.getRefreshToken().getToken())");
      await page.waitForFunction("document.title === 'signed in'");
      expect(await page.evaluate("session.getAccessToken().getJwtToken()")).not.toBe(before);
    }

    const back = page.waitForEvent("framenavigated", (frame) => frame.url() === `${app.origin}/`);
    await page.evaluate("void app.signOut()");
    await back;
    await page.waitForFunction("window.app !== undefined");
    expect(await page.evaluate("app.isUserSignedIn()")).toBe(false);
  },
  150_000,
);
