/** Authentication levels on the pages: what a client asks for by `acr_values` and `max_age`, and what its tokens say. */
import {
  AdminSetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { alertOf, openBrowser, type Page } from "../oauth/browser.ts";
import { newestCode } from "../support/inbox.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { addUser, CHOICE_CLIENT, CHOICE_POOL, MFA_ON, MFA_POOL, openScene, type Scene } from "./scenes.ts";
import { addressOf, PASSWORD } from "./support.ts";

const callback = "https://app.example.com/callback";
const LOA = "urn:cognito:loa:";
const EMAIL = "alice@example.com";

let server: TestServer;
let scene: Scene;
let browser: ReturnType<typeof openBrowser>;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  browser = openBrowser();
});

/** A pool with levels whose users can prove a password and a code by e-mail. */
async function openLevels(pool = {}, client = {}): Promise<Scene> {
  const made = await openScene(
    { server, callback },
    { ...MFA_POOL, AcrConfiguration: {}, ...pool },
    { client },
  );
  const { MfaConfiguration: _, SmsMfaConfiguration: _sms, ...factors } = MFA_ON;
  const { userPoolId: UserPoolId } = made;
  await server.cognito.send(
    new SetUserPoolMfaConfigCommand({ UserPoolId, MfaConfiguration: "OPTIONAL", ...factors }),
  );
  await addUser(server, made, "alice", { email: EMAIL, email_verified: "true" });
  return made;
}
const setEmailFactor = ({ userPoolId: UserPoolId }: Scene, Enabled: boolean) =>
  server.cognito.send(
    new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username: "alice", EmailMfaSettings: { Enabled } }),
  );
const activateEmail = (of: Scene) => setEmailFactor(of, true);

const address = (path: string, more: Record<string, string> = {}) =>
  addressOf({ origin: server.url, callback }, scene.userPoolId, scene.clientId, path, more);

/** Opens an authorization request and follows it to the page or to the client. */
async function authorize(more: Record<string, string> = {}): Promise<Page & { readonly url: string }> {
  const start = await browser.visit(address("/oauth2/authorize", more));
  const url = start.location;
  return url.startsWith(callback) ? { ...start, url } : { ...(await browser.visit(url)), url };
}

async function signIn(more: Record<string, string> = {}): Promise<Page> {
  const page = await authorize(more);
  return browser.submit(page.url, page, { username: "alice", password: PASSWORD });
}

async function tokensOf(redirect: Page): Promise<Record<string, string>> {
  const code = new URL(redirect.location).searchParams.get("code") ?? "";
  return exchange({ grant_type: "authorization_code", code, redirect_uri: callback });
}

async function exchange(form: Record<string, string>): Promise<Record<string, string>> {
  const answer = await fetch(`${server.url}/${scene.userPoolId}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ client_id: scene.clientId, ...form }),
  });
  return (await answer.json()) as Record<string, string>;
}

const claimsOf = (tokens: Record<string, string>, name = "id_token") => {
  const { acr, amr, auth_time } = decodeJwt(tokens[name] ?? "");
  return { acr, amr, auth_time };
};
const move = (advanceSeconds: number) =>
  fetch(`${server.url}/_cognate/clock`, { method: "POST", body: JSON.stringify({ advanceSeconds }) });
const sentCode = () => newestCode(server, EMAIL);

describe("a client that asks for an authentication level", () => {
  beforeAll(async () => {
    scene = await openLevels();
  });
  beforeEach(() => setEmailFactor(scene, false));

  it("gets the level of the sign-in in both tokens, also after a refresh", async () => {
    const tokens = await tokensOf(await signIn());
    const expected = { acr: `${LOA}1`, amr: ["pwd"] };
    expect(claimsOf(tokens)).toMatchObject(expected);
    expect(claimsOf(tokens, "access_token")).toMatchObject(expected);
    const { auth_time } = claimsOf(tokens);
    await move(60);
    const refreshed = await exchange({
      grant_type: "refresh_token",
      refresh_token: tokens.refresh_token ?? "",
    });
    expect(claimsOf(refreshed)).toEqual({ ...expected, auth_time });
  });

  it("gets it by one more step if the browser's session does not reach it", async () => {
    const first = claimsOf(await tokensOf(await signIn()));
    await activateEmail(scene);
    await move(30);
    const asked = { acr_values: `unknown ${LOA}3` };
    const page = await authorize(asked);
    expect(page.html).toContain("Confirm that it is you");
    expect(page.html).toContain("<bdi>alice@example.com</bdi>");
    const code = await browser.submit(page.url, page, {});
    expect(code.html).toContain("We have sent a code by email");
    const wrong = await browser.submit(page.url, code, { code: "00000000" });
    expect([wrong.status, wrong.location]).toEqual([200, ""]);
    const done = await browser.submit(page.url, wrong, { code: await sentCode() });
    const claims = claimsOf(await tokensOf(done));
    expect(claims).toMatchObject({ acr: `${LOA}3`, amr: ["pwd", "email_otp", "mfa"] });
    expect(Number(claims.auth_time)).toBeGreaterThanOrEqual(Number(first.auth_time) + 30);

    // The session has the level from now on.
    const silent = await authorize({ ...asked, prompt: "none" });
    expect(claimsOf(await tokensOf(silent))).toEqual(claims);
  });

  it("gets login_required with prompt=none if a step is missing", async () => {
    await signIn();
    await activateEmail(scene);
    const { location } = await authorize({ acr_values: `${LOA}3`, prompt: "none" });
    expect(location).toContain("error=login_required");
  });

  it("requires a second factor of its users that is otherwise optional", async () => {
    const level4 = { acr_values: `${LOA}4 ${LOA}3` };
    await activateEmail(scene);
    const code = await signIn(level4);
    expect(code.html).toContain("We have sent a code by email");
    const done = await browser.submit(address("/login", level4), code, { code: await sentCode() });
    // Alice has no authenticator app: the second of the two levels is the one that she can reach.
    expect(claimsOf(await tokensOf(done)).acr).toBe(`${LOA}3`);
  });

  it("gets tokens of the reached level if the user can reach none of the requested levels", async () => {
    const done = await signIn({ acr_values: `${LOA}4` });
    expect(claimsOf(await tokensOf(done)).acr).toBe(`${LOA}1`);
    const again = await authorize({ acr_values: `${LOA}4` });
    expect(claimsOf(await tokensOf(again)).acr).toBe(`${LOA}1`);
  });

  it("allows the user to switch to another account in place of the step", async () => {
    await signIn();
    await activateEmail(scene);
    const page = await authorize({ acr_values: `${LOA}3` });
    const [, href = ""] = /class="foot"><a href="([^"]+)"/.exec(page.html) ?? [];
    const other = await browser.visit(new URL(href.replaceAll("&amp;", "&"), server.url).href);
    expect(other.html).toContain('name="password"');
  });

  it("rejects the step in a browser whose session has ended, and with another browser's form", async () => {
    await signIn();
    await activateEmail(scene);
    const page = await authorize({ acr_values: `${LOA}3` });
    const other = openBrowser();
    expect(alertOf(await other.submit(page.url, page, {}))).toContain("The form has expired");
    await browser.visit(address("/logout", { logout_uri: "https://none.example" }));
    const late = await browser.submit(page.url, page, {});
    expect(late.html).toContain('name="password"');
  });
});

describe("max_age", () => {
  beforeAll(async () => {
    scene = await openLevels();
  });

  it("requires the password again if the sign-in is older, even for a session of the right level", async () => {
    const first = claimsOf(await tokensOf(await signIn()));
    await move(100);
    expect((await authorize({ max_age: "1000" })).location).toContain("code=");
    const page = await authorize({ max_age: "99", acr_values: `${LOA}1` });
    expect(page.html).toContain('name="password"');
    expect(page.html).not.toContain("<bdi>");
    const done = await browser.submit(page.url, page, { username: "alice", password: PASSWORD });
    const { auth_time } = claimsOf(await tokensOf(done));
    expect(Number(auth_time)).toBeGreaterThanOrEqual(Number(first.auth_time) + 100);
  });

  it.each(["soon", "-1", "1.5"])("with the value %s is an invalid request", async (max_age) => {
    const { location } = await browser.visit(address("/oauth2/authorize", { max_age }));
    expect(location).toContain("error=invalid_request");
  });
});

describe("a pool without levels, or of the tier LITE", () => {
  it.each([
    ["without levels", {}],
    ["LITE", { UserPoolTier: "LITE" as const }],
  ])("%s ignores acr_values and writes no claim", async (_, tier) => {
    scene = await openScene({ server, callback }, { UserPoolTier: "ESSENTIALS" });
    await addUser(server, scene, "alice", { email: EMAIL });
    if ("UserPoolTier" in tier) {
      await server.cognito.send(new UpdateUserPoolCommand({ UserPoolId: scene.userPoolId, ...tier }));
    }
    const done = await signIn({ acr_values: `${LOA}4` });
    expect(claimsOf(await tokensOf(done))).toMatchObject({ acr: undefined, amr: undefined });
  });
});

describe("a client with choice-based sign-in", () => {
  const level = (number: number) => ({ acr_values: `${LOA}${number}` });
  beforeAll(async () => {
    const { AllowedFirstAuthFactors } = CHOICE_POOL.Policies?.SignInPolicy ?? {};
    scene = await openLevels(
      { UserPoolTier: "ESSENTIALS", Policies: { SignInPolicy: { AllowedFirstAuthFactors } } },
      CHOICE_CLIENT,
    );
  });
  beforeEach(() => setEmailFactor(scene, false));

  async function chooseWith(more: Record<string, string>): Promise<{ url: string; page: Page }> {
    const page = await authorize(more);
    return { url: page.url, page: await browser.submit(page.url, page, { username: "alice" }) };
  }

  it("offers only the factors that lead to the level: a code for level 2, a password for level 1", async () => {
    const byCode = await chooseWith(level(2));
    expect(byCode.page.html).toContain("We have sent a code by email");
    const done = await browser.submit(byCode.url, byCode.page, { code: await sentCode() });
    expect(claimsOf(await tokensOf(done))).toMatchObject({ acr: `${LOA}2`, amr: ["email_otp"] });

    browser = openBrowser();
    const byPassword = await chooseWith(level(1));
    expect(byPassword.page.html).toContain('name="password"');
    expect(byPassword.page.html).not.toContain('value="EMAIL_OTP"');
  });

  it("keeps the requested level if a code is sent again", async () => {
    const { url, page } = await chooseWith(level(2));
    const first = await sentCode();
    const again = await browser.submit(url, page, { resend: "1" });
    expect(alertOf(again)).toBe("A new code is on its way.");
    await expect.poll(sentCode).not.toBe(first);
    // The form of the first code is used up.
    expect((await browser.submit(url, page, { code: first })).location).toBe("");
    const done = await browser.submit(url, again, { code: await sentCode() });
    expect(claimsOf(await tokensOf(done)).acr).toBe(`${LOA}2`);
  });

  it("requires the password and its second factor in a session that began with a code", async () => {
    const { url, page } = await chooseWith(level(2));
    await browser.submit(url, page, { code: await sentCode() });
    await activateEmail(scene);
    const stepUp = await authorize(level(3));
    const password = await browser.submit(stepUp.url, stepUp, {});
    expect(password.html).toContain('name="password"');
    const done = await browser.submit(stepUp.url, password, { password: PASSWORD });
    expect(claimsOf(await tokensOf(done))).toMatchObject({
      acr: `${LOA}3`,
      amr: ["email_otp", "pwd", "mfa"],
    });
  });
});
