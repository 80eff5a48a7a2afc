import { resolve } from "node:path";
import { SetUserPoolMfaConfigCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BrowserApp, startBrowserApp } from "../support/browser-app.ts";
import { addAuthenticator, type Browsing, startBrowsing } from "../support/browsing.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

/** Passkeys by Amplify v6, in Chromium with its virtual authenticator. */
const PASSWORD = "Perm4nent!";
let server: TestServer;
let app: BrowserApp;
let browsing: Browsing;

beforeAll(async () => {
  server = await startTestServer();
  const { poolId, clientId } = await createPoolAndClient(
    server.cognito,
    {
      AcrConfiguration: {},
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
    },
    { ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
  );
  const WebAuthnConfiguration = { RelyingPartyId: "localhost", UserVerification: "required" } as const;
  await server.cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId: poolId, WebAuthnConfiguration }));
  const alice = { UserPoolId: poolId, Username: "alice" };
  await createConfirmedUser(server.cognito, { ...alice, Password: PASSWORD });

  app = await startBrowserApp(resolve(import.meta.dirname, "passkeys-app.js"));
  app.settings = { userPoolId: poolId, userPoolClientId: clientId, userPoolEndpoint: server.url };
  browsing = startBrowsing({ plainPage: `${app.origin}/app.js` });
});
afterAll(async () => {
  await browsing.close();
  app.stop();
  await server.stop();
});

/** A page whose browser has an authenticator of this kind. */
async function openApp(transport: "internal" | "usb"): Promise<Page> {
  const page = await browsing.open();
  await addAuthenticator(page, transport);
  await page.goto(app.origin);
  await page.waitForFunction("window.app !== undefined");
  return page;
}

describe("passkeys with Amplify in Chromium", () => {
  it("are registered, used for a sign-in and removed", async () => {
    const page = await openApp("internal");
    expect(await page.evaluate(`app.byPassword(${JSON.stringify(PASSWORD)})`)).toBe(true);
    await page.evaluate("app.register()");
    const passkeys = (await page.evaluate("app.passkeys()")) as { credentialId: string }[];
    expect(passkeys).toEqual([expect.objectContaining({ relyingPartyId: "localhost" })]);
    await page.evaluate("app.signOut()");

    expect(await page.evaluate("app.byPasskey()")).toBe(true);
    expect(await page.evaluate("app.claims()")).toMatchObject({
      username: "alice",
      acr: "urn:cognito:loa:3",
      amr: ["swk"],
    });
    await page.evaluate(`app.remove(${JSON.stringify(passkeys[0]?.credentialId)})`);
    expect(await page.evaluate("app.passkeys()")).toEqual([]);
    await page.evaluate("app.signOut()");
    expect(await page.evaluate("app.nextStep()")).toMatch(/FIRST_FACTOR|PASSWORD/);
  }, 150_000);

  it("are listed as of a security key or of the platform", async () => {
    const page = await openApp("usb");
    await page.evaluate(`app.byPassword(${JSON.stringify(PASSWORD)})`);
    await page.evaluate("app.register()");
    await page.evaluate("app.signOut()");
    expect(await page.evaluate("app.byPasskey()")).toBe(true);
    expect(await page.evaluate("app.claims()")).toMatchObject({ amr: ["hwk"] });

    for (const { credentialId } of (await page.evaluate("app.passkeys()")) as { credentialId: string }[])
      await page.evaluate(`app.remove(${JSON.stringify(credentialId)})`);
  }, 150_000);
});
