import {
  AdminResetUserPasswordCommand,
  CreateIdentityProviderCommand,
  CreateTermsCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { de } from "../../src/managed-login/languages/de.ts";
import { newestCode } from "../support/inbox.ts";
import {
  addUser,
  CHOICE_CLIENT,
  CHOICE_POOL,
  MFA_ON,
  MFA_POOL,
  openScene,
  PLAIN_POOL,
  type Scene,
} from "./scenes.ts";
import {
  addressOf,
  codeOf,
  look,
  PASSWORD,
  type PagesUnderTest,
  send,
  startPages,
  VARIANTS,
} from "./support.ts";

let pages: PagesUnderTest;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages?.stop());

let count = 0;
const unique = (name: string) => `${name}${++count}`;
const sentCode = (address: string) => newestCode(pages.server, address);
const address = ({ userPoolId, clientId }: Scene, path?: string, more?: Record<string, string>) =>
  addressOf(pages, userPoolId, clientId, path, more);

describe.each(VARIANTS)("%s", (_title, options) => {
  const axe = options.javaScriptEnabled;
  let plain: Scene;
  let demanding: Scene;
  let byChoice: Scene;

  beforeAll(async () => {
    plain = await openScene(pages, PLAIN_POOL);
    demanding = await openScene(pages, MFA_POOL, { mfa: MFA_ON });
    byChoice = await openScene(pages, CHOICE_POOL, { client: CHOICE_CLIENT });
  });

  it("rejects a wrong password, and signs in with user name and password", async () => {
    const name = unique("alice");
    await addUser(pages.server, plain, name, { email: `${name}@example.com`, name: "Alice" });
    const page = await pages.open(options);
    await page.goto(address(plain));
    await look(page, "sign-in", { axe });
    await send(page, { username: name, password: "Wrong-horse-1" });
    await look(page, "sign-in-wrong", { axe });
    expect(await page.locator("[role=alert]").innerText()).toBe(
      {
        "ja-JP": "ユーザー名またはパスワードが正しくありません。",
        "de-DE": de.messages["Incorrect username or password."],
        "en-US": "Incorrect username or password.",
      }[options.locale],
    );
    expect(await page.inputValue("input[name=username]")).toBe(name);
    await send(page, { password: PASSWORD });
    expect(await codeOf(page)).toMatch(/^[\da-f-]{36}$/);

    await page.goto(address(plain));
    await look(page, "sign-in-again", { axe });
    await page.click("a.secondary");
    expect(await codeOf(page)).not.toBe("");
  });

  it("signs up, sends another code, confirms and signs in", async () => {
    const name = unique("bob");
    const email = `${name}@example.com`;
    const { server } = pages;
    for (const TermsName of ["terms-of-use", "privacy-policy"]) {
      const Links = { "cognito:default": `https://app.example.com/${TermsName}` };
      const names = { UserPoolId: plain.userPoolId, ClientId: plain.clientId, TermsName };
      await server.cognito.send(
        new CreateTermsCommand({ ...names, TermsSource: "LINK", Enforcement: "NONE", Links }),
      );
    }
    const page = await pages.open(options);
    await page.goto(address(plain));
    await page.click(".foot a");
    await look(page, "sign-up", { axe });
    const fields = {
      username: name,
      "userAttributes.email": email,
      "userAttributes.name": "Bob",
      password: "short",
      confirm_password: "short",
    };
    await send(page, { ...fields, confirm_password: "other" });
    await look(page, "sign-up-differ", { axe });
    await send(page, fields);
    expect(await page.locator("[role=alert]").innerText()).toMatch(/too short|短すぎ|zu kurz/);
    expect(await page.inputValue('input[name="userAttributes.name"]')).toBe("Bob");
    await send(page, { password: PASSWORD, confirm_password: PASSWORD });
    await page.waitForURL("**/confirm?*");
    await look(page, "confirm", { axe });
    await send(page, { code: "000000" });
    await look(page, "confirm-wrong", { axe });
    const first = await sentCode(email);
    await page.click("button.plain");
    await look(page, "confirm-resent", { axe });
    await expect.poll(() => sentCode(email)).not.toBe(first);
    await send(page, { code: await sentCode(email) });
    expect(await codeOf(page)).not.toBe("");
  });

  it("redirects an unconfirmed user to the confirmation page", async () => {
    const name = unique("carol");
    const email = `${name}@example.com`;
    const page = await pages.open(options);
    await page.goto(address(plain, "/signup"));
    await send(page, {
      username: name,
      "userAttributes.email": email,
      "userAttributes.name": "Carol",
      password: PASSWORD,
      confirm_password: PASSWORD,
    });
    await page.goto(address(plain));
    // The code that follows signs in, so the password has to be right.
    await send(page, { username: name, password: "Wrong-horse-1" });
    await page.locator("[role=alert]").waitFor();
    await send(page, { username: name, password: PASSWORD });
    await page.waitForURL("**/confirm?*");
    await send(page, { code: await sentCode(email) });
    expect(await codeOf(page)).not.toBe("");
  });

  it("replaces a forgotten password", async () => {
    const name = unique("dave");
    const email = `${name}@example.com`;
    await addUser(pages.server, plain, name, { email, email_verified: "true", name: "Dave" });
    const page = await pages.open(options);
    await page.goto(address(plain));
    await page.click(".aside a");
    await look(page, "forgot-password", { axe });
    await send(page, { username: name });
    await page.waitForURL("**/confirmForgotPassword?*");
    await look(page, "reset-password", { axe });
    await send(page, { code: "000000", new_password: "Another-1", confirm_password: "Another-1" });
    // The code is wrong, the passwords are not.
    await page.locator("input[name=code][aria-invalid=true]").waitFor();
    expect(await page.locator("input[type=password][aria-invalid]").count()).toBe(0);
    await look(page, "reset-password-wrong", { axe });
    const code = await sentCode(email);
    await send(page, { code, new_password: "Another-1", confirm_password: "Another-1" });
    await page.waitForURL("**/login?*");
    await look(page, "password-changed", { axe });
    expect(await page.inputValue("input[name=username]")).toBe(name);
    await send(page, { password: "Another-1" });
    expect(await codeOf(page)).not.toBe("");
  });

  it("sends a code to a user whose password an administrator has reset", async () => {
    const name = unique("erin");
    const email = `${name}@example.com`;
    await addUser(pages.server, plain, name, { email, email_verified: "true", name: "Erin" });
    const { userPoolId: UserPoolId } = plain;
    await pages.server.cognito.send(new AdminResetUserPasswordCommand({ UserPoolId, Username: name }));
    const page = await pages.open(options);
    await page.goto(address(plain));
    await send(page, { username: name, password: PASSWORD });
    await page.waitForURL("**/confirmForgotPassword?*");
    await look(page, "reset-required", { axe });
    const code = await sentCode(email);
    await send(page, { code, new_password: "Another-1", confirm_password: "Another-1" });
    await page.waitForURL("**/login?*");
  });

  it("requires a new password and missing attributes", async () => {
    const name = unique("frank");
    await addUser(pages.server, plain, name, { email: `${name}@example.com` }, { temporary: true });
    const page = await pages.open(options);
    await page.goto(address(plain));
    await send(page, { username: name, password: "Temporary-1" });
    await look(page, "new-password", { axe });
    await send(page, { new_password: "Another-1", confirm_password: "Other-1", "userAttributes.name": "F" });
    expect(await page.locator("[role=alert]").innerText()).toMatch(/do not match|一致しません|überein/);
    await send(page, { new_password: "x", confirm_password: "x", "userAttributes.name": "Frank" });
    await look(page, "new-password-refused", { axe });
    await send(page, {
      new_password: "Another-1",
      confirm_password: "Another-1",
      "userAttributes.name": "F",
    });
    expect(await codeOf(page)).not.toBe("");
  });

  it("registers an authenticator app, and requires its code the next time", async () => {
    const name = unique("grace");
    await addUser(pages.server, demanding, name, {
      email: `${name}@example.com`,
      phone_number: "+15555550100",
    });
    const onlyApp = await openScene(pages, MFA_POOL, {
      mfa: { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } },
    });
    await addUser(pages.server, onlyApp, name);
    const page = await pages.open(options);
    await page.goto(address(onlyApp));
    await send(page, { username: name, password: PASSWORD });
    await look(page, "mfa-setup-app", { axe });
    const secret = (await page.locator(".key").innerText()).replaceAll(" ", "");
    const totp = new TOTP({ secret });
    await send(page, { code: "000000" });
    await look(page, "mfa-setup-app-wrong", { axe });
    expect((await page.locator(".key").innerText()).replaceAll(" ", "")).toBe(secret);
    await send(page, { code: totp.generate(), device_name: "My phone" });
    expect(await codeOf(page)).not.toBe("");

    const again = await pages.open(options);
    await again.goto(address(onlyApp));
    await send(again, { username: name, password: PASSWORD });
    await look(again, "mfa-app", { axe });
    await send(again, { code: totp.generate({ timestamp: Date.now() + 30_000 }) });
    expect(await codeOf(again)).not.toBe("");
  });

  it("offers a choice of factors to set up, and verifies an e-mail address", async () => {
    const name = unique("heidi");
    const emailOrApp = await openScene(pages, MFA_POOL);
    const { userPoolId: UserPoolId } = emailOrApp;
    const { SmsMfaConfiguration: _, ...mfa } = MFA_ON;
    await pages.server.cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...mfa }));
    await addUser(pages.server, emailOrApp, name);
    const page = await pages.open(options);
    await page.goto(address(emailOrApp));
    await send(page, { username: name, password: PASSWORD });
    await look(page, "mfa-setup-choice", { axe });
    await page.check("input[value=EMAIL_OTP]");
    await send(page, {});
    await look(page, "mfa-setup-email", { axe });
    await send(page, { email: "no address" });
    await send(page, { email: `${name}@example.com` });
    await look(page, "mfa-email", { axe });
    await send(page, { code: await sentCode(`${name}@example.com`) });
    expect(await codeOf(page)).not.toBe("");
  });

  it("offers a choice of second factors, and accepts the code of a text message", async () => {
    const name = unique("ivan");
    const phone_number = `+1555555${String(1000 + ++count)}`;
    await addUser(pages.server, demanding, name, { email: `${name}@example.com`, phone_number });
    const page = await pages.open(options);
    await page.goto(address(demanding));
    await send(page, { username: name, password: PASSWORD });
    await look(page, "mfa-choice", { axe });
    await page.check("input[value=SMS_MFA]");
    await send(page, {});
    await look(page, "mfa-sms", { axe });
    await send(page, { code: "000000" });
    await look(page, "mfa-sms-wrong", { axe });
    await send(page, { code: await sentCode(phone_number) });
    expect(await codeOf(page)).not.toBe("");
  });

  it("offers a choice of first factors, and accepts a code by e-mail or a password", async () => {
    const email = `${unique("judy")}@example.com`;
    await addUser(pages.server, byChoice, email, { email, email_verified: "true" });
    const page = await pages.open(options);
    await page.goto(address(byChoice));
    await look(page, "choice-name", { axe });
    await send(page, { username: email });
    await look(page, "choice", { axe });
    await page.check("input[value=EMAIL_OTP]");
    await send(page, {});
    await look(page, "choice-email", { axe });
    const first = await sentCode(email);
    await page.click("button.plain");
    await expect.poll(() => sentCode(email)).not.toBe(first);
    await send(page, { code: await sentCode(email) });
    expect(await codeOf(page)).not.toBe("");

    const again = await pages.open(options);
    await again.goto(address(byChoice));
    await send(again, { username: email });
    await again.check("input[value=PASSWORD]");
    await send(again, {});
    await look(again, "choice-password", { axe });
    await send(again, { password: "Wrong-horse-1" });
    await look(again, "choice-password-wrong", { axe });
    await send(again, { password: PASSWORD });
    expect(await codeOf(again)).not.toBe("");
  });

  it("shows the providers of the client, and finds a provider by the domain of an e-mail address", async () => {
    const { cognito } = pages.server;
    const scene = await openScene(pages, PLAIN_POOL, {});
    const { userPoolId: UserPoolId } = scene;
    await cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Google",
        ProviderType: "Google",
        ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "openid email" },
        AttributeMapping: { email: "email" },
      }),
    );
    const { clientId } = await openScene(pages, PLAIN_POOL, {
      client: { UserPoolId, SupportedIdentityProviders: ["COGNITO", "Google"] },
    });
    const page = await pages.open(options);
    await page.goto(address({ userPoolId: UserPoolId, clientId }));
    await look(page, "providers", { axe });
    expect(await page.locator("a.secondary").getAttribute("href")).toContain("identity_provider=Google");
    await page.goto(address({ userPoolId: UserPoolId, clientId }, "/login", { sso: "1" }));
    await look(page, "sso", { axe });
    await send(page, { email: "jane@unknown.example" });
    await look(page, "sso-unknown", { axe });
  });

  it("shows an error page for requests that have no client to redirect to", async () => {
    const page = await pages.open(options);
    await page.goto(`${pages.origin}/${plain.userPoolId}/login?client_id=nobody`);
    await look(page, "error", { axe });
    await page.goto(address(plain, "/login", { redirect_uri: "https://evil.example" }));
    expect(new URL(page.url()).pathname).toMatch(/\/error$/);
    await look(page, "error-redirect", { axe });
  });
});
