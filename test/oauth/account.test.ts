import {
  AdminGetUserCommand,
  DescribeUserPoolClientCommand,
  SetUserPoolMfaConfigCommand,
  SetUserPoolSessionConfigurationCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clockOf, startTestServer, type TestServer } from "../support/server.ts";
import { sendAction, signInToAccount } from "./account-pages.ts";
import { type Browser, openBrowser, type Page } from "./browser.ts";
import { createClient, openPool, PASSWORD } from "./scene.ts";

let server: TestServer;
let poolId: string;
let clientId: string;
let account: string;
let browser: Browser;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  clockOf(server).reset();
  poolId = await openPool(server);
  const { client_id } = await createClient(server, poolId, { CallbackURLs: [`${server.url}/account`] });
  clientId = client_id;
  account = `${server.url}/account?client_id=${clientId}`;
  browser = openBrowser();
});

const signIn = (password = PASSWORD) => signInToAccount(browser, account, { password });
const act = (page: Page, action: string, fields?: Readonly<Record<string, string>>) =>
  sendAction(browser, account, page, action, fields);

const user = () => server.cognito.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: "alice" }));
const attribute = async (name: string) =>
  (await user()).UserAttributes?.find(({ Name }) => Name === name)?.Value;

describe("the account page", () => {
  it("is rejected for a client without its address among the callback URLs", async () => {
    const { client_id } = await createClient(server, poolId);
    const page = await browser.visit(`${server.url}/account?client_id=${client_id}`);
    expect(page.html).toContain("The account page is not enabled for this app client.");
    expect((await browser.visit(`${server.url}/account`)).html).toContain("client_id");
  });

  it("redirects to the sign-in, and is shown after it", async () => {
    const page = await signIn();
    expect(page.status).toBe(200);
    expect(page.html).toContain("You are signed in as alice@example.com.");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("cache-control")).toBe("no-store");
  });

  it("changes attributes, and keeps those that the form does not change", async () => {
    const page = await act(await signIn(), "attributes", {
      "attribute.name": "Alice Liddell",
      "attribute.email": "alice@example.com",
    });
    expect(page.html).toContain("Your changes have been saved.");
    expect(await attribute("name")).toBe("Alice Liddell");
    expect(await attribute("email_verified")).toBe("true");
  });

  it("changes the password only with the current one", async () => {
    const page = await signIn();
    const change = (previous_password: string, confirm_password = "Another-password-1") =>
      act(page, "password", { previous_password, new_password: "Another-password-1", confirm_password });
    expect((await change(PASSWORD, "other")).html).toContain("The passwords do not match.");
    expect((await change("Wrong-1-password")).html).toContain("Incorrect username or password.");
    expect((await change(PASSWORD)).html).toContain("Your changes have been saved.");
    browser = openBrowser();
    expect((await signIn("Another-password-1")).status).toBe(200);
  });

  it("sets up an authenticator app and makes it the preferred factor", async () => {
    await server.cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: poolId,
        MfaConfiguration: "OPTIONAL",
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );
    const setup = await act(await signIn(), "app_start", { factor: "SOFTWARE_TOKEN_MFA" });
    const secret = /class="key">([A-Z2-7 ]+)</.exec(setup.html)?.[1]?.replaceAll(" ", "") ?? "";
    const wrong = await act(setup, "app_finish", { code: "000000" });
    expect(wrong.html).toContain("The code is incorrect.");
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    const page = await act(wrong, "app_finish", { code });
    expect(page.html).toContain("Your changes have been saved.");
    expect((await user()).UserMFASettingList).toEqual(["SOFTWARE_TOKEN_MFA"]);
    await act(page, "factor_prefer", { factor: "SOFTWARE_TOKEN_MFA" });
    expect((await user()).PreferredMfaSetting).toBe("SOFTWARE_TOKEN_MFA");
    await act(page, "factor_off", { factor: "SOFTWARE_TOKEN_MFA" });
    expect((await user()).UserMFASettingList ?? []).toEqual([]);
  });

  it("switches codes by e-mail and text message on and off, and prefers one", async () => {
    const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" };
    await server.cognito.send(
      new UpdateUserPoolCommand({
        UserPoolId: poolId,
        SmsConfiguration,
        EmailConfiguration: {
          EmailSendingAccount: "DEVELOPER",
          SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/example.com",
        },
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
      }),
    );
    await server.cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: poolId,
        MfaConfiguration: "OPTIONAL",
        SmsMfaConfiguration: { SmsConfiguration },
        EmailMfaConfiguration: { Message: "Code {####}", Subject: "Code" },
      }),
    );
    const page = await signIn();
    const on = await act(page, "factor_on", { factor: "SMS_MFA" });
    expect(on.html).toContain('aria-label="Turn off: Text message"');
    await act(page, "factor_on", { factor: "EMAIL_OTP" });
    expect((await user()).UserMFASettingList).toEqual(["SMS_MFA", "EMAIL_OTP"]);
    await act(page, "factor_prefer", { factor: "EMAIL_OTP" });
    expect((await user()).PreferredMfaSetting).toBe("EMAIL_OTP");
    const off = await act(page, "factor_off", { factor: "SMS_MFA" });
    expect(off.html).toContain('aria-label="Turn on: Text message"');
    expect((await user()).UserMFASettingList).toEqual(["EMAIL_OTP"]);
  });

  it("shows remembered devices, and removes one", async () => {
    await server.cognito.send(new UpdateUserPoolCommand({ UserPoolId: poolId, DeviceConfiguration: {} }));
    const page = await signIn();
    const id = /name="action" value="device_forget"\/?><input type="hidden" name="id" value="([^"]+)"/.exec(
      page.html,
    )?.[1];
    expect(id).toMatch(/^us-east-1_/);
    const removed = await act(page, "device_forget", { id: id ?? "" });
    expect(removed.html).toContain("The item has been removed.");
    expect(removed.html).toContain("No devices are remembered.");
  });

  it("downloads the user's data as a file", async () => {
    await signIn();
    const { headers, html } = await browser.visit(`${server.url}/account/data?client_id=${clientId}`);
    expect(headers.get("content-disposition")).toContain("attachment");
    expect(JSON.parse(html)).toMatchObject({ User: { Username: "alice" } });
  });

  it("signs out this browser, and all of them", async () => {
    const page = await signIn();
    expect((await act(page, "sign_out_everywhere")).html).toContain("Sign in");
    expect((await browser.visit(account)).location).toContain("/login?");
    await act(await signIn(), "sign_out");
    expect((await browser.visit(account)).location).toContain("/login?");
  });

  it("deletes the account after the username was entered", async () => {
    const page = await signIn();
    expect((await act(page, "delete", { confirm_name: "other" })).html).toContain("to confirm");
    const done = await act(page, "delete", { confirm_name: "alice@example.com" });
    expect(done.html).toContain("Your account has been deleted");
    await expect(user()).rejects.toThrow("User does not exist.");
    expect((await browser.visit(account)).location).toContain("/login?");
  });

  it("ends one session or all of them in a pool that tracks sessions", async () => {
    await server.cognito.send(
      new SetUserPoolSessionConfigurationCommand({
        UserPoolId: poolId,
        UserSessionTracking: "ENABLED",
        TokenSession: { MaxPerUser: 5 },
      }),
    );
    const page = await signIn();
    expect(page.html).toContain("this browser");
    const id = /name="action" value="session_end"\/?><input type="hidden" name="id" value="([^"]+)"/.exec(
      page.html,
    )?.[1];
    expect(id).toBeDefined();
    const ended = await act(page, "session_end", { id: id ?? "" });
    expect(ended.html).toContain("The session has been ended.");
    expect(ended.html).not.toContain(`value="${id}"`);

    const here = browser;
    browser = openBrowser();
    const elsewhere = await signIn();
    await act(elsewhere, "sign_out_everywhere");
    expect((await here.visit(account)).location).toContain("/login?");
  });
});

describe("changes on the account page", () => {
  it("are rejected from a form of another site", async () => {
    await signIn();
    const forged = await browser.visit(account, {
      action: "delete",
      confirm_name: "alice@example.com",
      _csrf: "x",
    });
    expect(forged.html).toContain("The form has expired");
    expect((await user()).Username).toBe("alice");
  });

  it("require a new sign-in after ten minutes when they could lock the user out", async () => {
    const page = await signIn();
    clockOf(server).advance(11 * 60_000);
    const shown = await browser.visit(account);
    expect(shown.html).toContain("Sign in again");
    const answer = await browser.submit(account, page, {
      action: "password",
      previous_password: PASSWORD,
      new_password: "Another-password-1",
      confirm_password: "Another-password-1",
    });
    expect(answer.location).toContain("/login?");
    const renamed = await act(shown, "attributes", { "attribute.name": "Still allowed" });
    expect(renamed.html).toContain("Your changes have been saved.");
    const address = await browser.submit(account, shown, {
      action: "attributes",
      "attribute.email": "new@example.com",
    });
    expect(address.location).toContain("/login?");
    expect(await attribute("email")).toBe("alice@example.com");
  });

  it("can send a waiting address another code five times in an hour", async () => {
    const AutoVerifiedAttributes = ["email" as const];
    await server.cognito.send(
      new UpdateUserPoolCommand({
        UserPoolId: poolId,
        AutoVerifiedAttributes,
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: AutoVerifiedAttributes },
      }),
    );
    let page = await act(await signIn(), "attributes", { "attribute.email": "new@example.com" });
    const told: boolean[] = [];
    for (let round = 0; round < 6; round++) {
      page = await act(page, "send_code", { attribute: "email" });
      told.push(page.html.includes("We have sent you a code."));
    }
    expect(told).toEqual([true, true, true, true, true, false]);
  });

  it("are limited to the attributes that the app client may write", async () => {
    const { UserPoolClient } = await server.cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }),
    );
    const { CreationDate: _c, LastModifiedDate: _l, ClientSecret: _s, ...settings } = UserPoolClient ?? {};
    await server.cognito.send(
      new UpdateUserPoolClientCommand({
        ...settings,
        UserPoolId: poolId,
        ClientId: clientId,
        WriteAttributes: ["nickname"],
      }),
    );
    const page = await signIn();
    expect(page.html).toContain('name="attribute.nickname"');
    expect(page.html).not.toContain('name="attribute.email"');
    const refused = await act(page, "attributes", { "attribute.name": "Mallory" });
    expect(refused.html).toContain('role="alert"');
    expect(await attribute("name")).toBe("Alice");
  });

  it("cause no server error with malformed forms", async () => {
    const page = await signIn();
    const actions =
      "attributes send_code verify password factor_on factor_off factor_prefer app_start app_finish passkey_start passkey_finish passkey_remove passkey_mfa_on passkey_mfa_off device_forget session_end __proto__ constructor";
    const names =
      "attribute attribute.sub attribute.email attribute.zoneinfo attribute.__proto__ attribute.custom:none code factor id credential previous_password new_password confirm_password device_name";
    const values = [
      "",
      "\0",
      "__proto__",
      "{}",
      "[]",
      "null",
      "\u{1f600}".repeat(50),
      "x".repeat(5000),
      "+1",
      "<b>&\"'",
    ];
    for (const action of actions.split(" ")) {
      for (const value of values) {
        const fields = Object.fromEntries(names.split(" ").map((name) => [name, value]));
        const { status } = await browser.submit(account, page, { ...fields, action });
        expect([action, value.slice(0, 20), status < 500]).toEqual([action, value.slice(0, 20), true]);
      }
    }
    for (const query of [
      "client_id=",
      "client_id=%00",
      "state=x",
      "state=&error=",
      "error=x&error_description=%3Cb%3E",
      "client_id=a&client_id=b",
    ]) {
      for (const path of ["/account", "/account/data"]) {
        expect(
          (await browser.visit(`${server.url}${path}?${query}`)).status,
          `${path}?${query}`,
        ).toBeLessThan(500);
      }
    }
  });
});
