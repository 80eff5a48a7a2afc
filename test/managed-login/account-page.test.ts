/** Every action of the account page in Chromium, with and without JavaScript. */
import { readFile } from "node:fs/promises";
import {
  AdminGetUserCommand,
  AdminListDevicesCommand,
  ListUsersCommand,
  SetUserPoolSessionConfigurationCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addAuthenticator } from "../support/browsing.ts";
import { newestMessage } from "../support/inbox.ts";
import { addUser, CHOICE_CLIENT, MFA_ON, MFA_POOL, openScene, type Scene } from "./scenes.ts";
import { type LoginPage, PASSWORD, type PagesUnderTest, send, startPages } from "./support.ts";

const PHONE = "+15555550177";

let pages: PagesUnderTest;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages?.stop());

const VARIANTS = [
  ["with JavaScript", true],
  ["without JavaScript", false],
] as const;

/** A pool with everything that the page can show, and a client that has the page. */
async function openAccounts(): Promise<Scene & { readonly account: string }> {
  const scene = await openScene(
    pages,
    {
      ...MFA_POOL,
      DeviceConfiguration: {},
      UserPoolTier: "ESSENTIALS",
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    },
    {
      mfa: {
        ...MFA_ON,
        MfaConfiguration: "OPTIONAL",
        WebAuthnConfiguration: {
          RelyingPartyId: "localhost",
          FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION",
        },
      },
    },
  );
  const { userPoolId: UserPoolId, clientId: ClientId } = scene;
  const account = `${pages.origin}/${UserPoolId}/account`;
  await pages.server.cognito.send(
    new UpdateUserPoolClientCommand({
      UserPoolId,
      ClientId,
      ...CHOICE_CLIENT,
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: [account],
      SupportedIdentityProviders: ["COGNITO"],
    }),
  );
  await pages.server.cognito.send(
    new SetUserPoolSessionConfigurationCommand({
      UserPoolId,
      UserSessionTracking: "ENABLED",
      TokenSession: { MaxPerUser: 5 },
    }),
  );
  return { ...scene, account: `${account}?client_id=${ClientId}` };
}

// The tests are one visit of one account, which the last of them deletes.
for (const [title, javaScriptEnabled] of VARIANTS)
  describe(`the account page ${title}`, { shuffle: false }, () => {
    let scene: Awaited<ReturnType<typeof openAccounts>>;
    let page: LoginPage;
    const name = `alice-${javaScriptEnabled}`;
    const email = `${name}@example.com`;
    const changed = `new-${email}`;

    const user = async () => {
      const found = await pages.server.cognito.send(
        new AdminGetUserCommand({ UserPoolId: scene.userPoolId, Username: name }),
      );
      const attributes = Object.fromEntries(
        found.UserAttributes?.map(({ Name, Value }) => [Name, Value]) ?? [],
      );
      return { ...found, attributes };
    };
    const codeAt = async (address: string) => (await newestMessage(pages.server, address)).code ?? "";

    async function signIn(
      options: { password?: string; javaScriptEnabled?: boolean } = {},
    ): Promise<LoginPage> {
      const opened = await pages.open({ javaScriptEnabled, ...options });
      await opened.goto(scene.account);
      await send(opened, { username: name, password: options.password ?? PASSWORD });
      await opened.waitForSelector(".account");
      return opened;
    }
    const form = (of: Page, action: string, more = "") =>
      of.locator(`form:has(input[name=action][value=${action}])${more}`);
    /** Sends the form of an action, and waits for what the page says of it. */
    async function act(
      action: string,
      told: string,
      { fields = {}, more = "" }: { fields?: Readonly<Record<string, string>>; more?: string } = {},
    ): Promise<void> {
      const sent = form(page, action, more).first();
      for (const [field, value] of Object.entries(fields))
        await sent.locator(`[name="${field}"]`).fill(value);
      // The text can be that of the action before, so the page of this one is waited for.
      await Promise.all([page.waitForEvent("domcontentloaded"), sent.locator("button").click()]);
      await page.getByText(told).first().waitFor();
    }
    const factor = (value: string) => `:has(input[name=factor][value=${value}])`;

    let app: TOTP;
    /** A code that no sign-in has used yet. */
    const nextAppCode = async () => {
      await fetch(`${pages.server.url}/_cognate/clock`, { method: "POST", body: '{"advanceSeconds":30}' });
      const { now } = (await (await fetch(`${pages.server.url}/_cognate/clock`)).json()) as { now: string };
      return app.generate({ timestamp: new Date(now).getTime() });
    };

    beforeAll(async () => {
      scene = await openAccounts();
      await addUser(pages.server, scene, name, { email, email_verified: "true", phone_number: PHONE });
      page = await signIn();
    });

    it("changes attributes, and an address only after its code was entered", async () => {
      await act("attributes", "Your changes have been saved.", { fields: { "attribute.name": "Alice" } });
      expect((await user()).attributes.name).toBe("Alice");
      await act("attributes", "We have sent you a code.", { fields: { "attribute.email": changed } });
      expect((await user()).attributes.email).toBe(email);
      const of = ":has(input[name=attribute][value=email])";
      // To the address that waits, not to the present one, whose code would not verify it.
      await act("send_code", "We have sent you a code.", { more: of });
      await act("verify", "The verification code is incorrect.", { more: of, fields: { code: "000000" } });
      await act("verify", "Your changes have been saved.", {
        more: of,
        fields: { code: await codeAt(changed) },
      });
      expect((await user()).attributes).toMatchObject({ email: changed, email_verified: "true" });
    });

    it("sends a code to an unverified address, and verifies the address by it", async () => {
      await act("send_code", "We have sent you a code.");
      await act("verify", "Your changes have been saved.", { fields: { code: await codeAt(PHONE) } });
      expect((await user()).attributes.phone_number_verified).toBe("true");
      expect(await form(page, "verify").count()).toBe(0);
    });

    it("changes the password only with the current one", async () => {
      const next = { new_password: "Another-1", confirm_password: "Another-1" };
      await act("password", "Incorrect username or password.", {
        fields: { previous_password: "Wrong-horse-1", ...next },
      });
      await act("password", "The passwords do not match.", {
        fields: { previous_password: PASSWORD, ...next, confirm_password: "Other-1" },
      });
      await act("password", "The password is too short.", {
        fields: { previous_password: PASSWORD, new_password: "x", confirm_password: "x" },
      });
      await act("password", "The password must not begin or end with a space.", {
        fields: { previous_password: PASSWORD, new_password: " Another-1", confirm_password: " Another-1" },
      });
      await act("password", "Your changes have been saved.", {
        fields: { previous_password: PASSWORD, ...next },
      });
      await (await signIn({ password: "Another-1" })).context().close();
      await act("password", "Your changes have been saved.", {
        fields: { previous_password: "Another-1", new_password: PASSWORD, confirm_password: PASSWORD },
      });
    });

    it("registers an authenticator app, turns factors on and off, and makes one preferred", async () => {
      await form(page, "app_start").locator("button").click();
      const secret = (await page.locator(".key").innerText()).replaceAll(" ", "");
      await act("app_finish", "The code is incorrect.", { fields: { code: "000000" } });
      app = new TOTP({ secret });
      const code = await nextAppCode();
      await act("app_finish", "Your changes have been saved.", { fields: { code, device_name: "Phone" } });
      await act("factor_on", "Your changes have been saved.", { more: factor("EMAIL_OTP") });
      await act("factor_prefer", "Your changes have been saved.", { more: factor("EMAIL_OTP") });
      expect(await user()).toMatchObject({
        UserMFASettingList: expect.arrayContaining(["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"]),
        PreferredMfaSetting: "EMAIL_OTP",
      });
      await act("factor_off", "Your changes have been saved.", { more: factor("EMAIL_OTP") });
      expect((await user()).UserMFASettingList).toEqual(["SOFTWARE_TOKEN_MFA"]);
    });

    it("adds a passkey, turns its use as both factors on and off, and removes it", async () => {
      await page.getByText("You have no passkeys yet.").waitFor();
      expect(await form(page, "passkey_mfa_on").count()).toBe(0);
      await form(page, "passkey_start").locator("button").click();
      await page.waitForSelector("#passkey");
      if (javaScriptEnabled) {
        await addAuthenticator(page);
        await page.click("button.primary");
        await page.getByText("Your changes have been saved.").waitFor();
      } else {
        await page.locator("noscript .alert").waitFor();
        await page.click(".foot a");
        // The user adds it in a browser that has scripts.
        const other = await pages.open();
        await addAuthenticator(other);
        await other.goto(scene.account);
        await send(other, { username: name, password: PASSWORD });
        await send(other, { code: await nextAppCode() });
        await form(other, "passkey_start").locator("button").click();
        await other.waitForSelector("#passkey");
        await other.click("button.primary");
        await other.getByText("Your changes have been saved.").waitFor();
        await other.context().close();
        await page.reload();
      }
      await act("passkey_mfa_on", "Your changes have been saved.");
      expect(await form(page, "passkey_mfa_off").count()).toBe(1);
      await act("passkey_mfa_off", "Your changes have been saved.");
      expect(await form(page, "passkey_mfa_on").count()).toBe(1);
      await act("passkey_remove", "The item has been removed.");
      await page.getByText("You have no passkeys yet.").waitFor();
    });

    it("forgets a device, ends another session, and downloads the user's data as a file", async () => {
      await act("factor_off", "Your changes have been saved.", { more: factor("SOFTWARE_TOKEN_MFA") });
      const devices = async () =>
        (
          await pages.server.cognito.send(
            new AdminListDevicesCommand({ UserPoolId: scene.userPoolId, Username: name }),
          )
        ).Devices?.length;
      const before = (await devices()) ?? 0;
      expect(before).toBeGreaterThan(0);
      await act("device_forget", "The item has been removed.");
      expect(await devices()).toBe(before - 1);

      const elsewhere = await signIn();
      await page.reload();
      const rows = await form(page, "session_end").count();
      expect(rows).toBeGreaterThan(0);
      for (let row = 0; row < rows; row++) await act("session_end", "The session has been ended.");
      await elsewhere.reload();
      await elsewhere.waitForURL("**/login?*");
      await page.reload();
      expect(await page.locator(".account").count()).toBe(1);

      const [download] = await Promise.all([page.waitForEvent("download"), page.click("a[download]")]);
      expect(download.suggestedFilename()).toBe("account.json");
      const text = await readFile(await download.path(), "utf8");
      expect(JSON.parse(text)).toMatchObject({ User: { Username: name } });
    });

    it("signs out this browser and all of them, and deletes the account after the username was entered", async () => {
      await form(page, "sign_out").locator("button").click();
      await page.waitForURL("**/signed-out?*");
      const [here, there] = [await signIn(), await signIn()];
      await form(here, "sign_out_everywhere").locator("button").click();
      await here.waitForURL("**/signed-out?*");
      await there.reload();
      await there.waitForURL("**/login?*");

      page = await signIn();
      await act("delete", `Enter ${changed} to confirm`, { fields: { confirm_name: "other" } });
      await act("delete", "Your account has been deleted", { fields: { confirm_name: changed } });
      const { Users } = await pages.server.cognito.send(
        new ListUsersCommand({ UserPoolId: scene.userPoolId }),
      );
      expect(Users).toEqual([]);
      await page.goto(scene.account);
      await page.waitForURL("**/login?*");
      expect(page.complaints, title).toEqual([]);
      expect(page.outside).toEqual([]);
    });
  });
