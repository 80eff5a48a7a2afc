/** Scripts and browser tests that were written for Cognito's classic pages, on the pages of a domain of version 1. */
import { randomUUID } from "node:crypto";
import {
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings } from "../support/axe.ts";
import { type Browsing, startBrowsing } from "../support/browsing.ts";
import { inbox } from "../support/inbox.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { createClient, openPool, PASSWORD } from "./scene.ts";

let server: TestServer;
let browsing: Browsing;
let query: URLSearchParams;
let base: string;
let callback: string;

beforeAll(async () => {
  server = await startTestServer();
  browsing = startBrowsing();
  const UserPoolId = await openPool(server);
  await server.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "shop" }));
  // A page that is there, because the browser opens it.
  callback = `${server.url}/_cognate/clock`;
  const { client_id } = await createClient(server, UserPoolId, { CallbackURLs: [callback] });
  base = `${server.url}/${UserPoolId}`;
  query = new URLSearchParams({ client_id, response_type: "code", redirect_uri: callback, scope: "openid" });
});
afterAll(async () => {
  await browsing.close();
  await server.stop();
});

const post = (url: string, form: Readonly<Record<string, string>>, cookie: string) =>
  fetch(url, { method: "POST", redirect: "manual", headers: { cookie }, body: new URLSearchParams(form) });

describe("a script that signs in without a browser", () => {
  it("signs in with an XSRF-TOKEN of its own", async () => {
    const token = randomUUID();
    const answer = await post(
      `${base}/login?${query}`,
      { _csrf: token, username: "alice", password: PASSWORD, signInSubmitButton: "Sign in" },
      `XSRF-TOKEN=${token}; csrf-state=""; csrf-state-legacy=""; cognito-fl="W10="`,
    );
    expect([answer.status, answer.headers.get("location")]).toEqual([
      302,
      expect.stringMatching(/\?code=[\da-f-]{36}$/),
    ]);
  });

  it("follows the absolute address of a redirect, and reads the CSRF token and the action from the form", async () => {
    const start = await fetch(`${base}/oauth2/authorize?${query}`, { redirect: "manual" });
    const page = await fetch(start.headers.get("location") ?? "");
    const html = await page.text();
    const [, csrf = ""] = /name="_csrf" value="([^"]*)"/.exec(html) ?? [];
    const [, action = ""] = /<form action="([^"]*)"[^>]*name="cognitoSignInForm"/.exec(html) ?? [];
    const answer = await post(
      server.url + action.replaceAll("&amp;", "&"),
      { _csrf: csrf, cognitoAsfData: "", username: "alice", password: PASSWORD },
      page.headers
        .getSetCookie()
        .map((cookie) => cookie.split(";")[0])
        .join("; "),
    );
    expect(answer.headers.get("location")).toContain("code=");
  });

  it.each([
    ["/oauth2/authorize", { redirect_uri: "https://other.example.com" }, "/error?"],
    ["/confirm", {}, "/login?"],
    ["/logout", {}, "/login?"],
  ])("is redirected to an absolute address by %s", async (path, more, target) => {
    const request = new URLSearchParams({ ...Object.fromEntries(query), ...more });
    const answer = await fetch(`${base}${path}?${request}`, { redirect: "manual" });
    expect(answer.headers.get("location")).toContain(base + target);
  });
});

describe("a browser test", () => {
  const wrong = "Incorrect username or password.";

  it("finds the sign-in by the names of the classic page", async () => {
    const page = await browsing.open({ locale: "en-US" });
    await page.goto(`${base}/login?${query}`);
    const form = page.locator('form[name="cognitoSignInForm"]:visible');
    await form.locator('input[id="signInFormUsername"]:visible').fill("alice");
    await page.fill(".visible-lg #signInFormPassword", "wrong");
    await page.click(
      "//input[@name='signInSubmitButton' and @type='Submit' and @aria-label='submit'] >> visible=true",
    );
    expect(await page.textContent(".visible-lg p#loginErrorMessage")).toBe(wrong);
    expect(await axeFindings(page)).toEqual([]);
    const card =
      "//div[@class='modal-content background-customizable modal-content-desktop visible-md visible-lg']";
    await page.fill(`${card}//input[@id='signInFormPassword']`, PASSWORD);
    await page.click("div.modal-content-desktop input[value='Sign in']");
    await page.waitForURL("**/_cognate/clock?code=*");
  });

  it("finds in a wide window the second form of the sign-in, and what is typed into it is in both", async () => {
    const page = await browsing.open({ locale: "en-US" });
    await page.goto(`${base}/login?${query}`);
    await page.fill("(//input[@id='signInFormUsername'])[2]", "alice");
    await page.locator("input#signInFormPassword").nth(1).fill("wrong");
    expect(await page.inputValue("(//input[@id='signInFormPassword'])[1]")).toBe("wrong");
    await page.click("(//input[@name='signInSubmitButton'])[2]");
    expect(await page.textContent("(//p[@id='loginErrorMessage'])[2]")).toBe(wrong);
    expect(await page.inputValue("(//input[@id='signInFormUsername'])[1]")).toBe("alice");
    await page.click("(//a[normalize-space()='Forgot your password?'])[2]");
    expect(await page.locator("//input[@id='username']").count()).toBe(1);
  });

  it("finds in a narrow window the first form, and the fields by their roles", async () => {
    const page = await browsing.open({ locale: "en-US", viewport: { width: 390, height: 844 } });
    await page.goto(`${base}/login?${query}`);
    expect(await page.isVisible("(//input[@id='signInFormUsername'])[1]")).toBe(true);
    expect(await page.isVisible("(//input[@id='signInFormUsername'])[2]")).toBe(false);
    await page.getByRole("textbox", { name: "Username" }).fill("alice");
    await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await page.getByRole("button", { name: "submit" }).click();
    await page.waitForURL("**/_cognate/clock?code=*");
  });

  it("finds the field for an e-mail address by its placeholder, and shows the password in either form", async () => {
    const { page, login } = await openEmailPool("by-address");
    await page.goto(login);
    await page.getByRole("textbox", { name: "name@host.com" }).fill("bob@example.com");
    await page.getByPlaceholder("Password").nth(1).fill("shown");
    await page.locator(".show-password:visible").click();
    expect(await page.getByPlaceholder("Password").nth(1).getAttribute("type")).toBe("text");
  });

  it("signs up and resets a password by the names of the classic pages", async () => {
    const { page, login, codeOf } = await openEmailPool("sign-up");
    await page.goto(login);
    await page.click("(//a[contains(text(),'Create an account')])[2]");
    await page.fill("(//input[@name='username'])[1]", "bob@example.com");
    await page.fill("(//input[@name='requiredAttributes[given_name]'])[1]", "Bob");
    await page.fill("(//input[@name='password'])[1]", PASSWORD);
    expect(await axeFindings(page)).toEqual([]);
    await page.click("(//button[@name='signUpButton'][normalize-space()='Sign up'])[1]");
    await page.fill("#verification_code", await codeOf());
    await page.click("button[name=confirm]");
    await page.waitForURL("**/_cognate/clock?code=*");

    await page.goto(login.replace("/login?", "/forgotPassword?"));
    await page.fill("#username", "bob@example.com");
    await page.click("form button[type=submit]");
    await page.waitForURL("**/confirmForgotPassword?*");
    await page.fill("#forgot_password_code", await codeOf());
    await page.fill("#new_password", "Another-12");
    await page.fill("#confirm_password", "Another-12");
    await page.click("form button[type=submit]");
    await page.waitForURL("**/login?*");
  });

  it("finds what it entered at a sign-up with a password that is refused", async () => {
    const { page, login } = await openEmailPool("refused");
    await page.goto(login.replace("/login?", "/signup?"));
    await page.fill("(//input[@name='username'])[1]", "bob@example.com");
    await page.fill("(//input[@name='requiredAttributes[given_name]'])[1]", "Bob");
    await page.fill("(//input[@name='password'])[1]", "weak");
    await page.click("(//button[@name='signUpButton'])[1]");
    await page.locator("p[role=alert]:visible").waitFor();
    expect(await page.inputValue("(//input[@name='requiredAttributes[given_name]'])[2]")).toBe("Bob");
  });
});

/** A pool whose users sign up with an e-mail address and a given name, and its sign-in page. */
async function openEmailPool(prefix: string) {
  const { UserPool } = await server.cognito.send(
    new CreateUserPoolCommand({
      PoolName: prefix,
      UsernameAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
      Schema: [{ Name: "given_name", Required: true, AttributeDataType: "String" }],
    }),
  );
  const UserPoolId = UserPool?.Id ?? "";
  await server.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: prefix }));
  const { client_id } = await createClient(server, UserPoolId, { CallbackURLs: [callback] });
  const request = new URLSearchParams({ ...Object.fromEntries(query), client_id });
  return {
    page: await browsing.open({ locale: "en-US" }),
    login: `${server.url}/${UserPoolId}/login?${request}`,
    async codeOf(): Promise<string> {
      const [message] = await inbox(server, { poolId: UserPoolId, wait: "10" });
      return message?.code ?? "";
    },
  };
}
