/** Scripts and browser tests that were written for Cognito's classic pages, on the pages of a domain of version 1. */
import { randomUUID } from "node:crypto";
import { CreateUserPoolDomainCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings } from "../support/axe.ts";
import { type Browsing, startBrowsing } from "../support/browsing.ts";
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

it("is found by the names of the classic page in a browser", async () => {
  const page = await browsing.open({ locale: "en-US" });
  await page.goto(`${base}/login?${query}`);
  const form = page.locator('form[name="cognitoSignInForm"]:visible');
  await form.locator('input[id="signInFormUsername"]:visible').fill("alice");
  await page.fill(".visible-lg #signInFormPassword", "wrong");
  await page.click("//input[@name='signInSubmitButton' and @type='Submit']");
  expect(await page.textContent("p#loginErrorMessage")).toBe("Incorrect username or password.");
  expect(await axeFindings(page)).toEqual([]);
  const card =
    "//div[@class='modal-content background-customizable modal-content-desktop visible-md visible-lg']";
  await page.fill(`${card}//input[@id='signInFormPassword']`, PASSWORD);
  await page.click("div.modal-content-desktop input[value='Sign in']");
  await page.waitForURL("**/_cognate/clock?code=*");
});
