import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, type Page } from "../oauth/browser.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { addUser, CHOICE_CLIENT, CHOICE_POOL, openScene, PLAIN_POOL, type Scene } from "./scenes.ts";
import { addressOf, PASSWORD } from "./support.ts";

const callback = "https://app.example.com/callback";
const PAGES = ["/login", "/signup", "/forgotPassword"];

let server: TestServer;
let plain: Scene;
let byChoice: Scene;
beforeAll(async () => {
  server = await startTestServer();
  plain = await openScene({ server, callback }, PLAIN_POOL);
  byChoice = await openScene({ server, callback }, CHOICE_POOL, { client: CHOICE_CLIENT });
  await addUser(server, plain, "alice", { email: "alice@example.com", name: "Alice" });
  await addUser(server, byChoice, "bob@example.com", { email: "bob@example.com", email_verified: "true" });
});
afterAll(() => server.stop());

const address = ({ userPoolId, clientId }: Scene, path?: string, more?: Record<string, string>) =>
  addressOf({ origin: server.url, callback }, userPoolId, clientId, path, more);
const alertOf = ({ html }: Page) => /role="alert"[^>]*>([^<]*)</.exec(html)?.[1];
const EXPIRED = "The form has expired, or this browser does not accept cookies. Please try again.";

describe("a page", () => {
  it.each(PAGES)(
    "%s allows only its own style and script, forbids framing, and is not cached",
    async (path) => {
      const browser = openBrowser();
      const [first, second] = [
        await browser.visit(address(plain, path)),
        await browser.visit(address(plain, path)),
      ];
      const policy = first.headers.get("content-security-policy") ?? "";
      expect(policy).toMatch(/^default-src 'none';style-src 'nonce-[^']+'/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("unsafe");
      expect(second.headers.get("content-security-policy")).not.toBe(policy);
      expect(first.headers.get("x-frame-options")).toBe("DENY");
      expect(first.headers.get("cache-control")).toBe("no-store");
      expect(first.headers.get("referrer-policy")).toBe("no-referrer");
    },
  );

  it("escapes the input of a form or an address", async () => {
    const browser = openBrowser();
    const attack = `"><script>alert(1)</script>`;
    const shown = await browser.visit(address(plain, "/login", { login_hint: attack }));
    expect(shown.html).not.toContain("<script>alert");
    const login = await browser.visit(address(plain));
    const answer = await browser.submit(address(plain), login, { username: attack, password: attack });
    expect(answer.html).not.toContain("<script>alert");
  });
});

describe("an error page", () => {
  const words = "Call 0800 at once";
  it.each([
    ...PAGES.map((path) => [path, `${words}=1&${words}=2`] as const),
    ["/account", `error=${words}&error_description=${words}`],
    ["/account", `client_id=${words}`],
    ["/account/data", `client_id=${words}`],
    ["/error", `error=${words}`],
    ["/oauth2/authorize", `client_id=${words}`],
    ["/saml2/logout", `SAMLRequest=${words}`],
  ] as const)("of %s shows nothing of the query %s", async (path, query) => {
    const browser = openBrowser();
    let page = await browser.visit(`${server.url}/${plain.userPoolId}${path}?${encodeURI(query)}`);
    if (page.location !== "") page = await browser.visit(page.location);
    expect(page.status).toBe(400);
    expect(page.html.replace(/<a [^>]*>/g, "")).not.toContain(words);
  });
});

describe("a form", () => {
  it.each(PAGES)("of %s is rejected without the CSRF token of this browser", async (path) => {
    const browser = openBrowser();
    const shown = await browser.visit(address(plain, path));
    const other = openBrowser();
    const fields = { username: "alice", password: PASSWORD };
    expect(alertOf(await browser.visit(address(plain, path), fields))).toBe(EXPIRED);
    expect(alertOf(await other.submit(address(plain, path), shown, fields))).toBe(EXPIRED);
  });

  it.each([
    ["accepted", "same-origin", undefined],
    ["accepted", "none", undefined],
    ["rejected", "same-site", EXPIRED],
    ["rejected", "cross-site", EXPIRED],
  ])(
    "with the CSRF token of this browser is %s if the browser says that it comes from: %s",
    async (_, site, alert) => {
      const browser = openBrowser();
      const url = address(plain);
      const login = await browser.visit(url);
      const fields = { username: "alice", password: PASSWORD };
      expect(alertOf(await browser.submit(url, login, fields, { "sec-fetch-site": site }))).toBe(alert);
    },
  );

  it("is rejected with a changed step, or with the step of another client", async () => {
    const browser = openBrowser();
    const url = address(byChoice);
    const chosen = await browser.submit(url, await browser.visit(url), { username: "bob@example.com" });
    const step = /name="step" value="([^"]+)"/.exec(chosen.html)?.[1] ?? "";
    expect(step).not.toBe("");
    const changed = `${step.slice(0, -2)}${step.endsWith("AA") ? "BB" : "AA"}`;
    expect(alertOf(await browser.submit(url, chosen, { step: changed, factor: "PASSWORD" }))).toBe(EXPIRED);
    const elsewhere = await browser.visit(address(plain));
    expect(alertOf(await browser.submit(address(plain), elsewhere, { step, factor: "PASSWORD" }))).toBe(
      EXPIRED,
    );
  });

  it("is accepted once if it completes a sign-in", async () => {
    const browser = openBrowser();
    const url = address(byChoice);
    const chosen = await browser.submit(url, await browser.visit(url), { username: "bob@example.com" });
    const asked = await browser.submit(url, chosen, { factor: "PASSWORD" });
    const done = await browser.submit(url, asked, { password: PASSWORD });
    expect(done.location).toContain("code=");
    const again = await browser.submit(url, asked, { password: PASSWORD });
    expect([again.status, again.location]).toEqual([200, ""]);
  });
});

describe("a session", () => {
  it("is replaced at each sign-in, which ends the previous one", async () => {
    const browser = openBrowser();
    const url = address(plain);
    const signIn = async () =>
      browser.submit(url, await browser.visit(url), { username: "alice", password: PASSWORD });
    expect((await signIn()).location).toContain("code=");
    const planted = new Map(browser.cookies);
    expect((await signIn()).location).toContain("code=");
    const name = `cognito-${plain.userPoolId}`;
    expect(browser.cookies.get(name)).not.toBe(planted.get(name));
    browser.cookies.set(name, planted.get(name) ?? "");
    const silent = await browser.visit(address(plain, "/oauth2/authorize", { prompt: "none" }));
    expect(silent.location).toContain("error=login_required");
  });
});

describe("a redirect", () => {
  it.each(["https://evil.example", "//evil.example", "/\\evil.example"])(
    "never goes to %s, whichever parameter contains it",
    async (evil) => {
      const browser = openBrowser();
      for (const name of [
        "redirect_uri",
        "next",
        "lang",
        "sso",
        "identity_provider",
        "state",
        "logout_uri",
      ]) {
        for (const path of [
          ...PAGES,
          "/confirm",
          "/confirmForgotPassword",
          "/passkeys/add",
          "/oauth2/authorize",
        ]) {
          const { location } = await browser.visit(address(plain, path, { [name]: evil }));
          if (location === "") continue;
          expect([new URL(server.url).origin, new URL(callback).origin]).toContain(new URL(location).origin);
        }
      }
    },
  );
});

describe("names of users", () => {
  it("are not disclosed by the forms of sign-in and recovery", async () => {
    const browser = openBrowser();
    const answers = async (path: string, username: string) => {
      const url = address(plain, path);
      const answer = await browser.submit(url, await browser.visit(url), {
        username,
        password: "Wrong-1-wrong",
      });
      return [answer.status, alertOf(answer), answer.location];
    };
    expect(await answers("/login", "nobody")).toEqual(await answers("/login", "alice"));
    expect(await answers("/forgotPassword", "nobody")).toEqual(await answers("/forgotPassword", "alice"));
  });
});
