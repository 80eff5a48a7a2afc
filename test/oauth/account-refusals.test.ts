/** Changes of the account page that are refused: of other users, of forms from elsewhere, of old sign-ins, and off the page. */
import {
  AdminGetUserCommand,
  AdminListDevicesCommand,
  SetUserPoolMfaConfigCommand,
  SetUserPoolSessionConfigurationCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accountActions } from "../../src/oauth/pages/account/account-actions.ts";
import { clockOf, createConfirmedUser, startTestServer, type TestServer } from "../support/server.ts";
import { sendAction, signInToAccount } from "./account-pages.ts";
import { type Browser, openBrowser, type Page } from "./browser.ts";
import { createClient, openPool, PASSWORD } from "./scene.ts";

let server: TestServer;
let poolId: string;
let account: string;
beforeAll(async () => {
  server = await startTestServer();
  ({ poolId, account } = await openAccounts());
  const bob = { UserPoolId: poolId, Username: "bob" };
  await createConfirmedUser(server.cognito, { ...bob, Password: PASSWORD });
});
afterAll(() => server.stop());
beforeEach(async () => {
  clockOf(server).reset();
});

async function openAccounts() {
  const UserPoolId = await openPool(server);
  await server.cognito.send(new UpdateUserPoolCommand({ UserPoolId, DeviceConfiguration: {} }));
  await server.cognito.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
  );
  await server.cognito.send(
    new SetUserPoolSessionConfigurationCommand({
      UserPoolId,
      UserSessionTracking: "ENABLED",
      TokenSession: { MaxPerUser: 5 },
    }),
  );
  const base = `${server.url}/${UserPoolId}`;
  const { client_id } = await createClient(server, UserPoolId, { CallbackURLs: [`${base}/account`] });
  return { poolId: UserPoolId, account: `${base}/account?client_id=${client_id}` };
}

const signIn = (browser: Browser, username?: string) => signInToAccount(browser, account, { username });
const act = (browser: Browser, page: Page, action: string, fields?: Readonly<Record<string, string>>) =>
  sendAction(browser, account, page, action, fields);

const idsOf = ({ html }: Page, action: string) =>
  [
    ...html.matchAll(
      new RegExp(`name="action" value="${action}"/?><input type="hidden" name="id" value="([^"]+)"`, "g"),
    ),
  ].map(([, id = ""]) => id);
const alice = async () =>
  (await server.cognito.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: "alice" })))
    .UserAttributes;
const devicesOf = async (Username: string) =>
  (await server.cognito.send(new AdminListDevicesCommand({ UserPoolId: poolId, Username }))).Devices ?? [];

/** What a form of each action carries, such that it would have an effect. */
const FIELDS = {
  "attribute.name": "Mallory",
  attribute: "email",
  code: "000000",
  previous_password: PASSWORD,
  new_password: "Another-1-password",
  confirm_password: "Another-1-password",
  factor: "SOFTWARE_TOKEN_MFA",
  credential: "{}",
  id: "x",
  confirm_name: "alice@example.com",
};

describe("a form of the account page is rejected", () => {
  it.each(Object.keys(accountActions))("without the CSRF token of the browser, for %s", async (action) => {
    const browser = openBrowser();
    await signIn(browser);
    const before = await alice();
    for (const token of [{}, { _csrf: "" }, { _csrf: "11111111-1111-4111-8111-111111111111" }]) {
      const page = await browser.visit(account, { ...FIELDS, ...token, action });
      expect(page.html).toContain("The form has expired");
    }
    expect(await alice()).toEqual(before);
    expect((await browser.visit(account)).status).toBe(200);
  });

  const fresh = Object.entries(accountActions).filter(([, { needsFresh }]) => needsFresh === true);
  it.each(fresh.map(([action]) => action))(
    "eleven minutes after the sign-in, for the action %s",
    async (action) => {
      const browser = openBrowser();
      const page = await signIn(browser);
      const before = await alice();
      clockOf(server).advance(660_000);
      const answer = await browser.submit(account, page, { ...FIELDS, action });
      expect(answer.location).toContain("/login?");
      expect(await alice()).toEqual(before);
    },
  );

  it.each(["", "DELETE", "toString", "__proto__", "delete_everything"])(
    "for the action %j",
    async (action) => {
      const browser = openBrowser();
      const page = await signIn(browser);
      const before = await alice();
      const answer = await browser.submit(account, page, { ...FIELDS, action });
      expect([answer.status, answer.html]).toEqual([
        400,
        expect.stringContaining("An error was encountered with the requested page."),
      ]);
      expect(await alice()).toEqual(before);
    },
  );

  it.each(["", "WEB_AUTHN", "constructor"])("for the factor %j", async (factor) => {
    const browser = openBrowser();
    const page = await signIn(browser);
    const before = await alice();
    const answer = await browser.submit(account, page, { ...FIELDS, action: "factor_on", factor });
    expect(answer.html).toContain("Invalid MFA method.");
    expect(await alice()).toEqual(before);
  });

  it("after the end of the session, and in a browser without a sign-in", async () => {
    const browser = openBrowser();
    const page = await signIn(browser);
    const kept = new Map(browser.cookies);
    await act(browser, page, "sign_out");
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect((await browser.submit(account, page, { ...FIELDS, action: "delete" })).location).toContain(
      "/login?",
    );
    const other = openBrowser();
    expect((await other.visit(account, { ...FIELDS, action: "delete" })).location).toContain("/login?");
    expect(await alice()).toBeDefined();
  });
});

describe("another user's", () => {
  it("session is not ended", async () => {
    const [mine, theirs] = [openBrowser(), openBrowser()];
    await signIn(theirs, "bob");
    // Of two sessions of Bob one is offered to be ended.
    const page = await signIn(openBrowser(), "bob");
    const [id = ""] = idsOf(page, "session_end");
    expect(id).not.toBe("");
    const answer = await act(mine, await signIn(mine), "session_end", { id });
    expect(answer.html).toContain('role="alert"');
    expect((await theirs.visit(account)).status).toBe(200);
  });

  it("device is not forgotten", async () => {
    await signIn(openBrowser(), "bob");
    const [device] = await devicesOf("bob");
    const browser = openBrowser();
    const answer = await act(browser, await signIn(browser), "device_forget", {
      id: device?.DeviceKey ?? "",
    });
    expect(answer.html).toContain('role="alert"');
    expect((await devicesOf("bob")).map(({ DeviceKey }) => DeviceKey)).toContain(device?.DeviceKey);
  });

  it("account is not deleted by its username, and is not part of the downloaded data", async () => {
    const browser = openBrowser();
    const page = await signIn(browser);
    const answer = await act(browser, page, "delete", { confirm_name: "bob" });
    expect(answer.html).toContain("Enter alice@example.com to confirm");
    const { html } = await browser.visit(account.replace("/account?", "/account/data?"));
    expect(JSON.parse(html)).toMatchObject({ User: { Username: "alice" } });
    // Ids in the file are random, and can contain these three letters.
    expect(html).not.toMatch(/\bbob\b/);
  });
});

describe("the session of one pool", () => {
  it("does not open the account page of another pool or of a client without the page", async () => {
    const other = await openAccounts();
    const browser = openBrowser();
    const page = await signIn(browser);
    for (const path of ["/account?", "/account/data?"]) {
      const url = other.account.replace("/account?", path);
      expect((await browser.visit(url)).location).toContain(`/${other.poolId}/login?`);
    }
    const posted = await browser.submit(other.account, page, { ...FIELDS, action: "delete" });
    expect(posted.location).toContain(`/${other.poolId}/login?`);
    // The client of one pool under the address of another one.
    const mixed = account.replace(poolId, other.poolId);
    expect((await browser.visit(mixed)).status).toBe(400);

    const { client_id } = await createClient(server, poolId);
    const off = account.replace(/client_id=.*/, `client_id=${client_id}`);
    for (const url of [off, off.replace("/account?", "/account/data?")]) {
      expect((await browser.visit(url)).html).toContain(
        "The account page is not enabled for this app client.",
      );
    }
    const refused = await browser.submit(off, page, { ...FIELDS, action: "delete" });
    expect(refused.html).toContain("The account page is not enabled for this app client.");
    expect(await alice()).toBeDefined();
  });
});
