/** The console in a real browser, on a server of its own. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContextOptions, Dialog, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Settings } from "../../src/config/index.ts";
import { type AxeOptions, axeFindings } from "../support/axe.ts";
import { startBrowsing } from "../support/browsing.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

/** Pictures of the pages are taken when COGNATE_SCREENSHOTS is set; git ignores the folder. */
const SCREENSHOTS = join(import.meta.dirname, "../../screenshots");

export const takesPictures = Boolean(process.env.COGNATE_SCREENSHOTS);

export interface ConsoleUnderTest {
  readonly server: TestServer;
  /** A page with empty storage, but for the language. */
  open(path: string, options?: ConsoleOptions): Promise<ConsolePage>;
  stop(): Promise<void>;
}

interface ConsoleOptions extends BrowserContextOptions {
  /** As if a person had chosen it. A browser of that language would have to compile the console's scripts anew. */
  readonly language?: "en" | "ja";
}

export interface ConsolePage extends Page {
  /** The errors that the browser reported: script errors and Content-Security-Policy violations. */
  readonly complaints: string[];
}

/**
 * @param staysLoaded whether a test gets the page of the one before without loading the console anew, which takes most of the
 *   time of a short test. Not where tests move the clock or look at how the console starts.
 * @param announces whether the console repeats its messages for screen readers, which a test may look for
 */
export async function startConsole(
  overrides: Partial<Settings> = {},
  { staysLoaded = false, announces = false } = {},
): Promise<ConsoleUnderTest> {
  const server = await startTestServer(overrides);
  const plainPage = `${server.url}/_cognate/health`;
  const browsing = startBrowsing({
    plainPage,
    announces,
    ...(staysLoaded && { tidy }),
  });
  return {
    server,
    async open(path, { language = "en", ...options } = {}) {
      const page = await browsing.open({
        baseURL: server.url,
        locale: "en-US",
        viewport: { width: 1400, height: 900 },
        reducedMotion: "reduce",
        ...options,
      });
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        // The page shows refused calls, and the tests check them. Frames without scripts refuse those that these tests add to all.
        const isExpected = /^(Failed to load resource|Blocked script execution)/.test(message.text());
        if (message.type() === "error" && !isExpected) complaints.push(message.text());
      });
      if (language !== "en") {
        await page.goto(plainPage);
        const preferences = JSON.stringify({ language });
        await page.evaluate(`localStorage.setItem("cognate-console-preferences", '${preferences}')`);
      }
      if (page.url().startsWith(`${server.url}/console/`)) await goTo(page, `/console${path}`);
      else await page.goto(`/console${path}`);
      return Object.assign(page, { complaints });
    },
    async stop() {
      await browsing.close();
      await server.stop();
    },
  };
}

/**
 * Takes away what an earlier test left on its page.
 *
 * @returns false if the test left something that a loaded console would keep, or a page of another site
 */
async function tidy(page: Page): Promise<boolean> {
  const kept = await page.evaluate<number>("localStorage.length + sessionStorage.length").catch(() => 1);
  const cookies = await page.context().cookies();
  if (kept + cookies.length > 0 || !new URL(page.url()).pathname.startsWith("/console/")) return false;
  // An earlier test may leave unsaved changes.
  const lose = (dialog: Dialog) => void dialog.accept();
  page.on("dialog", lose);
  await goTo(page, "/console/no-such-page");
  page.off("dialog", lose);
  const isShown = await page
    .getByRole("heading", { name: "Page not found" })
    .waitFor({ timeout: 5_000 })
    .then(() => true)
    .catch(() => false);
  await dismissMessages(page);
  return isShown;
}

/** Closes the messages about earlier actions at the top of the page. Each hides the one before it until it is gone. */
export async function dismissMessages(page: Page): Promise<void> {
  const dismiss = `{
    const buttons = document.querySelectorAll('[aria-label="Dismiss"]');
    for (const button of buttons) button.click();
    buttons.length;
  }`;
  await expect.poll(() => page.evaluate<number>(dismiss), { interval: 10 }).toBe(0);
}

/** Goes to another page as a link does, without loading the console anew. */
async function goTo(page: Page, address: string): Promise<void> {
  // As text, since the browser's own names are not among the types of these tests.
  await page.evaluate(
    `history.pushState(null, "", ${JSON.stringify(address)}); dispatchEvent(new PopStateEvent("popstate"))`,
  );
}

/** Goes to another page as a link does, and waits until it has what it shows. */
export async function visit(page: Page, address: string): Promise<void> {
  await goTo(page, address);
  await isLoaded(page);
}

/** Waits until the page has what it shows. */
export async function isLoaded(page: Page): Promise<void> {
  await page.locator('body:has(h1):not(:has([class*="status-loading"]))').waitFor();
}

/** The same on every page. */
export const FRAME = ["#top-bar", "nav"];

/**
 * The serious and critical findings of axe on the page. `pages.test.ts` checks what is the same on all pages, the others leave it
 * out.
 */
export async function seriousFindings(
  page: Page,
  options: AxeOptions = { exclude: FRAME },
): Promise<string[]> {
  return (await axeFindings(page, options))
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ text }) => text);
}

/**
 * Parts of the page that have no space between them, though they stand in a `SpaceBetween`: it sees a fragment of several
 * parts as one part.
 */
export async function partsThatTouch(page: Page): Promise<string[]> {
  return page.locator('[class*="awsui_vertical"] > [class*="awsui_child_"]').evaluateAll((children) =>
    children.flatMap((child) => {
      const parts = [...child.children].filter((part) => part.getBoundingClientRect().height > 0);
      return parts
        .filter((part, index) => {
          const before = parts[index - 1]?.getBoundingClientRect();
          const { top, left } = part.getBoundingClientRect();
          return before !== undefined && left < before.right && top < before.bottom + 2;
        })
        .map((part) => (part.textContent ?? "").slice(0, 60));
    }),
  );
}

/**
 * Takes a picture where somebody wants to look at it: pictures take a third of the time of these tests.
 *
 * @param fullPage resizes the page while the picture is taken, so not between two actions on it
 */
export async function takeScreenshot(page: Page, name: string, fullPage = false): Promise<void> {
  if (!takesPictures) return;
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage });
}

/** Chooses in one of the design system's select boxes. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("button", { name: label }).click();
  await page.getByRole("option", { name: option }).click();
}

/** Takes an action of the menu "Actions", and confirms it. */
export async function actOn(page: Page, action: string, confirm: string): Promise<void> {
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: confirm, exact: true }).click();
}

/** Waits until the form marks the field as invalid. */
export async function isRefused(field: Locator): Promise<void> {
  await field.and(field.page().locator('[aria-invalid="true"]')).waitFor();
}

/** The message about the last action at the top of the page. */
export function flash(page: Page, text: string | RegExp) {
  return page.getByRole("region", { name: "Notifications" }).getByText(text);
}
