import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CreateGroupCommand,
  CreateIdentityProviderCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../console/src/app/paths.ts";
import { createPoolAndClient } from "../support/server.ts";
import {
  type ConsoleUnderTest,
  FRAME,
  partsThatTouch,
  seriousFindings,
  startConsole,
  takeScreenshot,
  takesPictures,
  visit,
} from "./support.ts";

/** A dozen users, two groups, a client with a secret, a provider, a message: enough to see each page with something on it. */
async function furnish({ server }: ConsoleUnderTest) {
  const { cognito } = server;
  const { poolId, clientId } = await createPoolAndClient(
    cognito,
    {
      PoolName: "furnished",
      Schema: [{ Name: "plan", AttributeDataType: "String", Mutable: true }],
      UserPoolTags: { stage: "test" },
    },
    // As long as names can be, without a place to break.
    { ClientName: "client".padEnd(128, "x"), GenerateSecret: true },
  );
  const UserPoolId = poolId;
  for (let number = 1; number <= 12; number++) {
    const email = { Name: "email", Value: `user${number}@example.com` };
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: `user${number}`,
        UserAttributes: [email],
        ...(number === 1 ? { DesiredDeliveryMediums: ["EMAIL"] } : { MessageAction: "SUPPRESS" }),
      }),
    );
  }
  await cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: "Google",
      ProviderType: "Google",
      ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "openid" },
    }),
  );
  const { clientId: openClientId } = await createPoolAndClient(cognito, { PoolName: "other" });
  const Username = "user2";
  for (const GroupName of ["admins", "readers"])
    await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName, Description: "Some people" }));
  await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName: "admins", Username }));
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: "Perm4nent!", Permanent: true }),
  );
  await cognito
    .send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId: openClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: Username, PASSWORD: "Perm4nent!" },
      }),
    )
    .catch(() => "A refused call, so that the activity shows one.");
  return { poolId, clientId };
}

// The second test goes to the links that the first one found.
describe("every page", { shuffle: false }, () => {
  let tested: ConsoleUnderTest;
  let addresses: readonly (readonly [name: string, address: string])[];
  /** Every link that was on a page. */
  const links = new Set<string>();

  beforeAll(async () => {
    tested = await startConsole();
    const { poolId, clientId } = await furnish(tested);
    addresses = Object.entries(paths).map(([name, path]) => [name, addressOf(name, path, poolId, clientId)]);
  });
  afterAll(() => tested.stop());

  const variants = [
    {
      name: "wide",
      viewport: { width: 1400, height: 900 },
      colorScheme: "light",
      other: "dark",
      rules: undefined,
    },
    {
      name: "narrow",
      viewport: { width: 390, height: 844 },
      colorScheme: "dark",
      other: "light",
      // What the size of the window and the colors can change; the rest was checked in the wide window.
      rules: ["color-contrast", "scrollable-region-focusable", "target-size", "meta-viewport"],
    },
  ] as const;

  it.each(variants)(
    "has no serious axe findings, no browser errors, no overlapping parts and none that is too wide in a $name window with the $colorScheme scheme",
    async ({ name, viewport, colorScheme, other, rules }) => {
      const page = await tested.open("/", { viewport, colorScheme });
      const findings: Record<string, unknown> = {};
      const checkedNavigations = new Set<string>();
      const checkedParts = new Set<string>();
      for (const [pageName, address] of addresses) {
        await visit(page, address);
        // The bar at the top and the navigation are checked once for each content of the navigation.
        const { navigation, parts, tooWide, links: linksHere } = await survey(page);
        // Sizes and colors are those of the parts that a page is made of, so that a page without a new part adds nothing.
        const isNew = rules === undefined || parts.some((part) => !checkedParts.has(part));
        const exclude = checkedNavigations.has(navigation) ? FRAME : [];
        const options = { rules: isNew ? rules : ["color-contrast"], exclude };
        const serious = await seriousFindings(page, options);
        for (const part of parts) checkedParts.add(part);
        checkedNavigations.add(navigation);
        const complaints = page.complaints.splice(0);
        const touching = await partsThatTouch(page);
        if (serious.length + complaints.length + touching.length > 0 || tooWide > 0)
          findings[pageName] = { serious, complaints, touching, tooWide };
        for (const link of linksHere) links.add(link);
        await takeScreenshot(page, `${pageName}-${colorScheme}-${name}`, true);
        if (takesPictures) {
          await showIn(page, other);
          await takeScreenshot(page, `${pageName}-${other}-${name}`, true);
          await showIn(page, colorScheme);
        }
      }
      expect(findings).toEqual({});
    },
    300_000,
  );

  it("links only to existing pages", async () => {
    const page = await tested.open("/user-pools");
    const known = new Set(addresses.map(([, address]) => address));
    const others = [...links].filter((link) => !known.has(link));
    const broken: string[] = [];
    for (const link of others) {
      await visit(page, link);
      if (await page.getByText("Page not found").isVisible()) broken.push(link);
    }
    expect(others.length).toBeGreaterThan(12);
    expect(broken).toEqual([]);
  });

  it("leads the keyboard from the skip link through all controls of the page, and out of it", async () => {
    const page = await tested.open("/");
    const findings: Record<string, unknown> = {};
    for (const [pageName, address] of addresses) {
      await visit(page, address);
      const stops = await startOfKeyboard(page);
      await page.keyboard.press("Enter");
      await page.locator("h1:focus").waitFor();
      // A key that is held down.
      await Promise.all(Array.from({ length: stops }, () => page.keyboard.down("Tab")));
      await page.keyboard.up("Tab");
      const found = await endOfKeyboard(page);
      if (found.length > 0) findings[pageName] = found;
    }
    expect(findings).toEqual({});
  }, 60_000);

  it("shows an error for an unknown address", async () => {
    const page = await tested.open("/no/such/page");
    await page.getByRole("heading", { name: "Page not found" }).waitFor();
  });

  it("moves the focus to its heading, unless the user has moved the focus during loading", async () => {
    const page = await tested.open("/iam/users");
    const answered = Promise.withResolvers<void>();
    await page.route("**/", async (route) => {
      if (route.request().postData()?.includes("Action=GetUser&")) await answered.promise;
      await route.continue();
    });
    await page.getByRole("link", { name: "cognate", exact: true }).click();
    await page.getByRole("button", { name: "Account: cognate" }).click();
    await page.getByRole("menuitem", { name: "Sign in as somebody else" }).waitFor();
    answered.resolve();
    await page.getByRole("heading", { level: 1, name: "cognate" }).waitFor();
    await page.locator('[role="menuitem"]:focus', { hasText: "Sign in as somebody else" }).waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("link", { name: "IAM roles", exact: true }).click();
    await page.locator("h1:focus", { hasText: "IAM roles" }).waitFor();
  });

  it("loads less than 2 MB, compressed, before it shows the first list", async () => {
    const page = await tested.open("/no/such/page");
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    let bytes = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(paths.userPools);
    await page.getByRole("link", { name: "furnished" }).waitFor();
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(2_000_000);
  });
});

/**
 * Focuses the skip link and records what gets the focus after that.
 *
 * @returns how often Tab is pressed to leave the page's content
 */
function startOfKeyboard(page: Page): Promise<number> {
  return page.evaluate<number>(`{
    globalThis.visited = [];
    globalThis.recordFocus ??= addEventListener("focusin", ({ target }) => visited.push(target)) ?? true;
    const isStop = (element) => {
      if (element.tabIndex < 0 || element.disabled || element.closest("[inert], [aria-hidden=true]")) return false;
      // Of a group of radio buttons the chosen one is a stop. If none is chosen, one of them is, which is not looked for.
      if (element.type === "radio" && !element.checked) return false;
      return element.checkVisibility({ visibilityProperty: true });
    };
    globalThis.stops = [...document.querySelectorAll("main :is(a[href], button, input, select, textarea, [tabindex])")].filter(isStop);
    document.querySelector(".skip-link").focus();
    // The frame with a preview has stops of its own, at the end.
    stops.length + 2;
  }`);
}

/** @returns controls that Tab did not reach, stops that were not shown, and one that kept the focus */
function endOfKeyboard(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`{
    const nameOf = (element) => element.tagName + " " + (element.ariaLabel ?? element.textContent.slice(0, 40));
    const missed = stops.filter((stop) => stop.isConnected && !visited.includes(stop));
    const unseen = visited.filter((element) => element.isConnected && element.getBoundingClientRect().width === 0);
    const last = visited.at(-1);
    const isKept = last !== undefined && document.activeElement === last && stops.at(-1) !== last && last.closest("main");
    [
      ...missed.map((element) => "missed: " + nameOf(element)),
      ...unseen.map((element) => "not shown: " + nameOf(element)),
      ...(isKept ? ["kept: " + nameOf(last)] : []),
    ];
  }`);
}

/** Changes the system appearance, which the page follows. */
async function showIn(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  const isDark = colorScheme === "dark";
  await page.locator(isDark ? "body.awsui-dark-mode" : "body:not(.awsui-dark-mode)").waitFor();
}

interface Survey {
  /** The texts of the navigation. */
  readonly navigation: string;
  /** The classes on the page: each part of the design system, and each state of it, has its own. */
  readonly parts: readonly string[];
  /** How much wider than the window the page is. */
  readonly tooWide: number;
  /** The addresses that the page links to. */
  readonly links: readonly string[];
}

/** In one evaluation, since there are more than a hundred visits. */
function survey(page: Page): Promise<Survey> {
  return page.evaluate<Survey>(`{
    const all = (selector) => [...document.querySelectorAll(selector)];
    ({
      navigation: all("nav").map((nav) => nav.innerText).join(),
      parts: [...new Set(all("[class]").flatMap(({ classList }) => [...classList]))],
      tooWide: document.documentElement.scrollWidth - innerWidth,
      links: all('a[href]:not([href="#"])').map((link) => link.getAttribute("href")),
    })
  }`);
}

/** The address of each page, for existing data. */
function addressOf(
  name: string,
  path: string | ((poolId: string, other: string) => string),
  poolId: string,
  clientId: string,
): string {
  if (typeof path === "string") return path;
  if (/Client|Application|Permissions|LoginPages/.test(name) && path.length >= 2)
    return path(poolId, clientId);
  if (/^(edit)?group$/i.test(name)) return path(poolId, "admins");
  if (/^(edit)?user$/i.test(name)) return path(poolId, "user2");
  if (/^(edit)?identityProvider$/i.test(name)) return path(poolId, "Google");
  if (name === "iamUser") return path("cognate", "");
  if (name === "iamRole") return path("cognate-power-user", "");
  return path(poolId, "");
}
