/** The pages of managed login: as a browser goes through them, one by one, and their forms. */
import { createHash } from "node:crypto";
import { openBrowser, type Page } from "../../oauth/browser.ts";
import { CALLBACK } from "../inputs/resources.ts";
import { hostileText } from "../mutate.ts";
import { type Client, clientOf, codeTo, type Pool, poolOf, type User, userOf, type World } from "../world.ts";
import { ask, check, type EndpointFuzz, type Fields, faulty, type Visit } from "./ask.ts";

export const VERIFIER = "v".repeat(64);
const PKCE = {
  code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
  code_challenge_method: "S256",
};

export const pagesPool = (world: World): Pool | undefined => poolOf(world, "plain", "full");
const pagesClient = (world: World): Client | undefined => clientOf(world, pagesPool(world), "pages");

export const authorization = (client: Client, { random }: World): Fields => ({
  client_id: client.id,
  response_type: "code",
  redirect_uri: CALLBACK,
  scope: random.pick(["openid", "openid email profile", "openid aws.cognito.signin.user.admin"]),
  state: "kept",
  nonce: random.word(6),
  ...PKCE,
});

/** Goes on from page to page as a browser does, with the right fields. @returns the last status */
export async function signInByPages(fuzz: EndpointFuzz): Promise<number | undefined> {
  const { world } = fuzz;
  const client = pagesClient(world);
  const user = userOf(world, client?.pool, ({ isConfirmed }) => isConfirmed);
  if (client === undefined || user === undefined) return undefined;
  const browser = openBrowser();
  const base = `${world.url}/${client.pool.id}`;
  const visit = async (url: string, form?: { page: Page; fields: Fields }) => {
    const page = form ? await browser.submit(url, form.page, form.fields) : await browser.visit(url);
    check(fuzz, page, page.html, url.slice(0, 300));
    return page;
  };
  let address = "";
  let page = await visit(`${base}/oauth2/authorize?${new URLSearchParams(authorization(client, world))}`);
  for (let step = 0; step < 12; step++) {
    if (page.location.startsWith(CALLBACK)) {
      const code = new URL(page.location).searchParams.get("code");
      if (code) fuzz.codes.push({ client, code });
      return page.status;
    }
    if (page.location !== "") {
      address = page.location;
      page = await visit(address);
    } else {
      const url = formAddress(page, address);
      const right = await fieldsOf(page, user, world);
      if (right === undefined) return page.status;
      page = await visit(url, { page, fields: world.random.chance(0.25) ? faulty(right, world) : right });
    }
  }
  return page.status;
}

/** Where the first form of a page goes: to the page itself unless it says else. */
function formAddress({ html }: Page, address: string): string {
  const action = /<form[^>]*action="([^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
  return new URL(action, address).href;
}

/** What a person would write into the fields of a page. */
async function fieldsOf({ html }: Page, user: User, world: World): Promise<Fields | undefined> {
  const names = [...html.matchAll(/<input(?![^>]*type="hidden")[^>]*name="([^"]+)"/g)].map(
    ([, name = ""]) => name,
  );
  if (names.length === 0) return undefined;
  const entries = await Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      if (name === "username") return [name, user.username];
      if (/code/.test(name)) return [name, await codeTo(world, user)];
      if (/password/.test(name)) return [name, user.password];
      if (/email/.test(name)) return [name, user.email];
      return [name, "x"];
    }),
  );
  return Object.fromEntries(entries);
}

const page =
  (path: string): Visit =>
  async (fuzz) => {
    const client = pagesClient(fuzz.world);
    return (
      client &&
      (await ask(fuzz, { path: `/${client.pool.id}${path}`, query: authorization(client, fuzz.world) }))
        .status
    );
  };

/** Fills in a page's own form: with its CSRF token and the browser's cookie. */
const form =
  (path: string, fields: (world: World, user: User) => Fields | Promise<Fields>): Visit =>
  async (fuzz) => {
    const { world } = fuzz;
    const client = pagesClient(world);
    const user = userOf(world, client?.pool);
    if (client === undefined || user === undefined) return undefined;
    const browser = openBrowser();
    const url = `${world.url}/${client.pool.id}${path}?${new URLSearchParams(authorization(client, world))}`;
    const shown = await browser.visit(url);
    check(fuzz, shown, shown.html, url);
    const right = await fields(world, user);
    const answer = await browser.submit(url, shown, world.random.chance(0.35) ? faulty(right, world) : right);
    check(fuzz, answer, answer.html, `${url.slice(0, 200)} ${JSON.stringify(right)}`);
    return answer.status;
  };

/** Comes back with cookies that are not the browser's own: the session of nobody must let nobody in. */
const withOtherCookies: Visit = async (fuzz) => {
  const { world } = fuzz;
  const { random } = world;
  const client = pagesClient(world);
  const user = userOf(world, client?.pool, ({ isConfirmed }) => isConfirmed);
  if (client === undefined || user === undefined) return undefined;
  const browser = openBrowser();
  const url = `${world.url}/${client.pool.id}/login?${new URLSearchParams(authorization(client, world))}`;
  const shown = await browser.visit(url);
  const { username, password } = user;
  check(fuzz, await browser.submit(url, shown, { username, password }), "", url);
  for (const [name, value] of browser.cookies) {
    const hostile = encodeURIComponent(hostileText(random).replace(/[\ud800-\udfff]/g, ""));
    const changed = random.pick([
      `${value}x`,
      value.slice(0, -4),
      hostile,
      "",
      '"',
      "x".repeat(5000),
      `=;${value}`,
    ]);
    browser.cookies.set(name, changed);
    if (random.chance(0.2)) browser.cookies.set(`__Host-${name}`, value);
  }
  const path = random.pick([
    "/oauth2/authorize",
    "/login",
    "/account",
    "/account/data",
    "/logout",
    "/passkeys/add",
  ]);
  const query = new URLSearchParams({
    ...authorization(client, world),
    logout_uri: "https://app.example.com/bye",
  });
  const answer = await browser.visit(`${world.url}/${client.pool.id}${path}?${query}`);
  check(fuzz, answer, answer.html, path);
  if (/[?&]code=/.test(answer.location))
    fuzz.problems.push(`${path}: a changed cookie signed ${username} in`);
  return answer.status;
};

export const pageVisits: Readonly<Record<string, Visit>> = {
  "page: with other cookies": withOtherCookies,
  "pages: a sign-in": signInByPages,
  "page: authorize": page("/oauth2/authorize"),
  "page: login": page("/login"),
  "page: signup": page("/signup"),
  "page: forgotPassword": page("/forgotPassword"),
  "page: account": page("/account"),
  "page: logout": async (fuzz) => {
    const client = pagesClient(fuzz.world);
    return (
      client &&
      (
        await ask(fuzz, {
          path: `/${client.pool.id}/logout`,
          query: { client_id: client.id, logout_uri: "https://app.example.com/bye" },
        })
      ).status
    );
  },
  "form: login": form("/login", (_, { username, password }) => ({ username, password })),
  "form: signup": form("/signup", ({ random }) => {
    const name = `p${random.word(6)}`;
    return {
      username: name,
      "userAttributes.email": `${name}@example.com`,
      password: "Fuzz-Password-1",
      confirm_password: "Fuzz-Password-1",
    };
  }),
  "form: forgotPassword": form("/forgotPassword", (_, { username }) => ({ username })),
  "form: confirmForgotPassword": form("/confirmForgotPassword", async (world, user) => ({
    username: user.username,
    code: await codeTo(world, user),
    password: user.password,
    confirm_password: user.password,
  })),
  "form: confirm": form("/confirm", async (world, user) => ({
    username: user.username,
    code: await codeTo(world, user),
  })),
  "form: resendcode": form("/resendcode", (_, { username }) => ({ username })),
};
