/** Passkeys on the login pages, and the language of the pages. */
import { SetUserPoolMfaConfigCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addAuthenticator } from "../support/browsing.ts";
import { newestCode } from "../support/inbox.ts";
import { addUser, CHOICE_CLIENT, CHOICE_POOL, openScene, PLAIN_POOL, type Scene } from "./scenes.ts";
import { addressOf, codeOf, look, PASSWORD, type PagesUnderTest, send, startPages } from "./support.ts";

let pages: PagesUnderTest;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages?.stop());

const sentCode = (address: string) => newestCode(pages.server, address);
const address = ({ userPoolId, clientId }: Scene, path?: string, more?: Record<string, string>) =>
  addressOf(pages, userPoolId, clientId, path, more);

describe("passkeys", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(pages, CHOICE_POOL, { client: CHOICE_CLIENT });
    await pages.server.cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: scene.userPoolId,
        MfaConfiguration: "OFF",
        WebAuthnConfiguration: { RelyingPartyId: "localhost", UserVerification: "preferred" },
      }),
    );
  });

  it("are offered after a sign-up, and sign the user in the next time", async () => {
    const email = "kim@example.com";
    const page = await pages.open();
    await addAuthenticator(page);
    await page.goto(address(scene, "/signup"));
    await look(page, "sign-up-by-email");
    await send(page, { username: email, password: PASSWORD, confirm_password: PASSWORD });
    await page.waitForURL("**/confirm?*");
    await send(page, { code: await sentCode(email) });
    await page.waitForSelector("#passkey");
    await look(page, "passkey-add");
    await page.click("button.primary");
    expect(await codeOf(page)).not.toBe("");

    await page.context().clearCookies();
    await page.goto(address(scene));
    await send(page, { username: email });
    await page.check("input[value=WEB_AUTHN]");
    await send(page, {});
    await look(page, "passkey-sign-in");
    await page.click("button.primary");
    expect(await codeOf(page)).not.toBe("");
  });

  it("can be skipped", async () => {
    const email = "lee@example.com";
    await addUser(pages.server, scene, email, { email, email_verified: "true" });
    const page = await pages.open({ javaScriptEnabled: false });
    await page.goto(address(scene, "/passkeys/add"));
    await page.waitForURL("**/login?*");
    await send(page, { username: email });
    await page.check("input[value=PASSWORD]");
    await send(page, {});
    await send(page, { password: PASSWORD });
    await page.waitForSelector("#passkey");
    await look(page, "passkey-without-script", { axe: false });
    await page.click("button[name=skip]");
    expect(await codeOf(page)).not.toBe("");
  });

  it("show an error if the authenticator refuses", async () => {
    const email = "max@example.com";
    await addUser(pages.server, scene, email, { email, email_verified: "true" });
    const page = await pages.open();
    await page.goto(address(scene, "/passkeys/add"));
    await send(page, { username: email });
    await page.check("input[value=PASSWORD]");
    await send(page, {});
    await send(page, { password: PASSWORD });
    await page.evaluate("navigator.credentials.create = () => Promise.reject(new Error('no'))");
    await page.click("button.primary");
    await page.waitForSelector("#passkey-failed:visible");
    await look(page, "passkey-failed");
  });
});

describe("languages", () => {
  it("are chosen by lang, which a cookie keeps, or by the browser's preference", async () => {
    const scene = await openScene(pages, PLAIN_POOL);
    const page = await pages.open({ locale: "ja-JP" });
    await page.goto(address(scene));
    expect(await page.locator("html").getAttribute("lang")).toBe("ja");
    await page.click(".languages summary");
    await page.click(".languages a[lang=en]");
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.goto(address(scene));
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.goto(address(scene, "/login", { lang: "xx" }));
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
  });
});
