/** amazon-cognito-auth-js, which many older applications use: without PKCE, with a body that is not percent-encoded. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findChromium } from "../support/chromium.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { createClient, openPool, PASSWORD } from "./scene.ts";

let server: TestServer;
let app: Server;
let origin: string;
let browser: Browser;
let settings: Record<string, unknown>;

beforeAll(async () => {
  server = await startTestServer({ tls: "local", tlsPort: 0 });
  const UserPoolId = await openPool(server);
  const { outputFiles } = await build({
    entryPoints: [resolve(import.meta.dirname, "cognito-auth-js-app.js")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    // As the bundlers of its time defined it.
    define: { global: "window" },
  });
  const script = outputFiles[0]?.text ?? "";
  app = createServer((request, response) => {
    const isScript = request.url === "/app.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript
        ? script
        : `<!doctype html><title>app</title><script>settings = ${JSON.stringify(settings)}</script><script type="module" src="/app.js"></script>`,
    );
  });
  await new Promise<void>((done) => app.listen(0, "127.0.0.1", done));
  origin = `http://localhost:${(app.address() as AddressInfo).port}`;
  const { client_id: ClientId } = await createClient(server, UserPoolId, {
    CallbackURLs: [`${origin}/`],
    LogoutURLs: [`${origin}/`],
  });
  settings = { ClientId, UserPoolId, AppWebDomain: `${new URL(server.tls?.url ?? "").host}/${UserPoolId}` };
  browser = await chromium.launch({
    ...(await findChromium()),
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
});
afterAll(async () => {
  await browser.close();
  app.close();
  await server.stop();
});

it.each([
  ["the implicit flow", false],
  ["the code flow, refreshes", true],
])(
  "signs in by %s and signs out",
  async (_, usesCode) => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    // A busy machine is no failure.
    page.setDefaultTimeout(45_000);
    await page.goto(origin);
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

    const back = page.waitForEvent("framenavigated", (frame) => frame.url() === `${origin}/`);
    await page.evaluate("void app.signOut()");
    await back;
    await page.waitForFunction("window.app !== undefined");
    expect(await page.evaluate("app.isUserSignedIn()")).toBe(false);
    await context.close();
  },
  150_000,
);
