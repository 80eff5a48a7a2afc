/** Second factors on the pages: codes sent again, set-up by phone number, browsers that are remembered; and signing out. */
import {
  AdminForgetDeviceCommand,
  AdminGetUserCommand,
  AdminListDevicesCommand,
  AdminSetUserMFAPreferenceCommand,
  type CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { alertOf, openBrowser, type Page } from "../oauth/browser.ts";
import { newestCode } from "../support/inbox.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { addUser, MFA_ON, MFA_POOL, openScene, type Scene } from "./scenes.ts";
import { addressOf, PASSWORD } from "./support.ts";

const callback = "https://app.example.com/callback";

let server: TestServer;
let browser: ReturnType<typeof openBrowser>;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  browser = openBrowser();
});

const open = (pool: Partial<CreateUserPoolCommandInput> = {}) =>
  openScene({ server, callback }, { ...MFA_POOL, ...pool }, { mfa: MFA_ON });
const urlOf = ({ userPoolId, clientId }: Scene, path?: string) =>
  addressOf({ origin: server.url, callback }, userPoolId, clientId, path);
const sentCode = (address: string) => newestCode(server, address);

let count = 0;
/** A new user's name, address and number. */
function newPerson() {
  const name = `user${++count}`;
  return { name, email: `${name}@example.com`, phone_number: `+1555555${2000 + count}` };
}

async function signIn(scene: Scene, username: string): Promise<Page> {
  const url = urlOf(scene);
  return browser.submit(url, await browser.visit(url), { username, password: PASSWORD });
}

describe("a code of a second factor", () => {
  it("is sent again, which invalidates the previous one", async () => {
    const scene = await open();
    const { name, phone_number } = newPerson();
    await addUser(server, scene, name, { phone_number });
    const asked = await signIn(scene, name);
    expect(asked.html).toContain("We have sent a code by text message");
    const first = await sentCode(phone_number);
    const again = await browser.submit(urlOf(scene), asked, { resend: "1" });
    expect(alertOf(again)).toBe("A new code is on its way.");
    await expect.poll(() => sentCode(phone_number)).not.toBe(first);
    const late = await browser.submit(urlOf(scene), again, { code: first });
    expect([late.status, late.location]).toEqual([200, ""]);
    const done = await browser.submit(urlOf(scene), late, { code: await sentCode(phone_number) });
    expect(done.location).toContain("code=");
  });

  it("is sent again a limited number of times", async () => {
    const scene = await open();
    const { name, phone_number } = newPerson();
    await addUser(server, scene, name, { phone_number });
    let page = await signIn(scene, name);
    let sent = 0;
    while (alertOf(page)?.startsWith("Too many attempts") !== true && sent < 30) {
      page = await browser.submit(urlOf(scene), page, { resend: "1" });
      sent += 1;
    }
    expect(sent).toBeLessThan(30);
    // The code that was sent last is still good.
    const done = await browser.submit(urlOf(scene), page, { code: await sentCode(phone_number) });
    expect(done.location).toContain("code=");
  });

  it("cannot be sent again for an authenticator app", async () => {
    const scene = await open();
    const { name } = newPerson();
    await addUser(server, scene, name);
    const setup = await signIn(scene, name);
    const app = await browser.submit(urlOf(scene), setup, { factor: "SOFTWARE_TOKEN_MFA" });
    const answer = await browser.submit(urlOf(scene), app, { resend: "1" });
    expect(answer.status).toBe(200);
    expect(alertOf(answer)).toBe("The session is not valid. Please sign in again.");
  });
});

describe("the setup of codes by text message", () => {
  it("requires a phone number, and verifies it by the code", async () => {
    const scene = await open();
    const { name, phone_number } = newPerson();
    await addUser(server, scene, name);
    const choice = await signIn(scene, name);
    expect(choice.html).toContain('value="SMS_MFA"');
    const entry = await browser.submit(urlOf(scene), choice, { factor: "SMS_MFA" });
    expect(entry.html).toContain('name="phone_number"');
    const wrong = await browser.submit(urlOf(scene), entry, { phone_number: "5551234" });
    expect(alertOf(wrong)).toBe("This is not a valid phone number.");
    const written = phone_number.replace(/^\+1(\d{3})(\d{3})/, "+1 ($1) $2-");
    const code = await browser.submit(urlOf(scene), wrong, { phone_number: written });
    const first = await sentCode(phone_number);
    const again = await browser.submit(urlOf(scene), code, { resend: "1" });
    await expect.poll(() => sentCode(phone_number)).not.toBe(first);
    const done = await browser.submit(urlOf(scene), again, { code: await sentCode(phone_number) });
    expect(done.location).toContain("code=");
    const user = await server.cognito.send(
      new AdminGetUserCommand({ UserPoolId: scene.userPoolId, Username: name }),
    );
    expect(user.UserAttributes).toContainEqual({ Name: "phone_number", Value: phone_number });
    expect(user.UserAttributes).toContainEqual({ Name: "phone_number_verified", Value: "true" });
    expect(user.UserMFASettingList).toEqual(["SMS_MFA"]);
  });
});

describe("a browser", () => {
  const REPLACES = { ChallengeRequiredOnNewDevice: true };
  const OPT_IN = { ...REPLACES, DeviceOnlyRememberedOnUserPrompt: true };

  async function sceneWith(DeviceConfiguration: CreateUserPoolCommandInput["DeviceConfiguration"]) {
    const scene = await open({ DeviceConfiguration });
    const person = newPerson();
    await addUser(server, scene, person.name, { phone_number: person.phone_number });
    const signInWith = async (fields: Record<string, string> = {}) => {
      const asked = await signIn(scene, person.name);
      if (asked.location !== "") return asked;
      const code = await sentCode(person.phone_number);
      return browser.submit(urlOf(scene), asked, { code, ...fields });
    };
    const named = { UserPoolId: scene.userPoolId, Username: person.name };
    const devices = async () => (await server.cognito.send(new AdminListDevicesCommand(named))).Devices ?? [];
    return { scene, person, named, signInWith, devices };
  }

  it("needs no second factor after the user had it remembered, until it is forgotten", async () => {
    const here = await sceneWith(OPT_IN);
    const asked = await signIn(here.scene, here.person.name);
    expect(asked.html).toContain("Remember this device");
    expect((await here.signInWith({ remember_device: "1" })).location).toContain("code=");
    const [device] = await here.devices();
    expect(device?.DeviceAttributes).toContainEqual({
      Name: "dev:device_remembered_status",
      Value: "remembered",
    });
    const trusted = await signIn(here.scene, here.person.name);
    expect(trusted.location).toContain("code=");
    expect(await here.devices()).toHaveLength(1);

    await server.cognito.send(
      new AdminForgetDeviceCommand({ ...here.named, DeviceKey: device?.DeviceKey ?? "" }),
    );
    expect((await signIn(here.scene, here.person.name)).html).toContain('name="code"');
  });

  it("is remembered only on request if the pool lets the user decide", async () => {
    const here = await sceneWith(OPT_IN);
    expect((await here.signInWith()).location).toContain("code=");
    expect(await here.devices()).toEqual([]);
    expect((await signIn(here.scene, here.person.name)).html).toContain('name="code"');
  });

  it("is remembered without a question if the pool remembers all devices", async () => {
    const here = await sceneWith(REPLACES);
    expect((await signIn(here.scene, here.person.name)).html).not.toContain("Remember this device");
    await here.signInWith();
    expect(await here.devices()).toHaveLength(1);
    expect((await signIn(here.scene, here.person.name)).location).toContain("code=");
  });

  it("is not accepted as the device of another user or browser, or with a changed cookie", async () => {
    const here = await sceneWith(REPLACES);
    await here.signInWith();
    const other = newPerson();
    await addUser(server, here.scene, other.name, { phone_number: other.phone_number });
    expect((await signIn(here.scene, other.name)).html).toContain('name="code"');

    const name = `cognito-device-${here.scene.userPoolId}`;
    const cookie = browser.cookies.get(name) ?? "";
    expect(cookie).not.toBe("");
    browser = openBrowser();
    expect((await signIn(here.scene, here.person.name)).html).toContain('name="code"');
    browser.cookies.set(name, `${cookie.slice(0, -2)}${cookie.endsWith("AA") ? "BB" : "AA"}`);
    expect((await signIn(here.scene, here.person.name)).html).toContain('name="code"');
  });

  it("is a device of its own for each user", async () => {
    const here = await sceneWith(REPLACES);
    await here.signInWith();
    const other = newPerson();
    await addUser(server, here.scene, other.name, { phone_number: other.phone_number });
    const asked = await signIn(here.scene, other.name);
    await browser.submit(urlOf(here.scene), asked, { code: await sentCode(other.phone_number) });
    for (const { name } of [here.person, other]) {
      expect((await signIn(here.scene, name)).location).toContain("code=");
    }
  });

  it("does not replace a second factor that was set up after it was remembered", async () => {
    const scene = await openScene(
      { server, callback },
      { ...MFA_POOL, DeviceConfiguration: REPLACES },
      { mfa: { ...MFA_ON, MfaConfiguration: "OPTIONAL" } },
    );
    const { name, phone_number } = newPerson();
    await addUser(server, scene, name, { phone_number });
    expect((await signIn(scene, name)).location).toContain("code=");
    await server.cognito.send(
      new AdminSetUserMFAPreferenceCommand({
        UserPoolId: scene.userPoolId,
        Username: name,
        SMSMfaSettings: { Enabled: true },
      }),
    );
    const asked = await signIn(scene, name);
    expect(asked.html).toContain('name="code"');
    await browser.submit(urlOf(scene), asked, { code: await sentCode(phone_number) });
    expect((await signIn(scene, name)).location).toContain("code=");
  });
});

describe("the page for the end of a sign-out", () => {
  it("is shown after a sign-out with an ID token and no address", async () => {
    const scene = await openScene({ server, callback }, {});
    await addUser(server, scene, "alice");
    const { location } = await signIn(scene, "alice");
    const tokens = await fetch(`${server.url}/${scene.userPoolId}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: scene.clientId,
        redirect_uri: callback,
        code: new URL(location).searchParams.get("code") ?? "",
      }),
    });
    const { id_token } = (await tokens.json()) as { id_token: string };
    const query = new URLSearchParams({ id_token_hint: id_token });
    const leave = await browser.visit(`${server.url}/${scene.userPoolId}/logout?${query}`);
    const page = await browser.visit(leave.location);
    expect(page.html).toContain("You are signed out");
    expect(page.html).not.toContain("<a class=");
    const silent = await browser.visit(`${urlOf(scene, "/oauth2/authorize")}&prompt=none`);
    expect(silent.location).toContain("login_required");
  });

  it("shows nothing of a request that names no client", async () => {
    const page = await browser.visit(`${server.url}/signed-out?client_id=%22%3E%3Cscript%3E`);
    expect([page.status, page.html.includes("You are signed out")]).toEqual([200, true]);
    expect(page.html).not.toContain("<script>");
  });
});
