/** Pages of a real browser. The test files of a worker share its process. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { onTestFinished, TestRunner } from "vitest";
import { findChromium } from "./chromium.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // One process draws all pages: else each navigation to another site, about:blank too, starts one and compiles its scripts anew.
  "--renderer-process-limit=1",
  "--disable-site-isolation-trials",
];

/**
 * The spinners of the console turn even where people asked for less motion, and a blinking cursor draws a frame each time. As text,
 * since the browser's own names are not among the types of these tests.
 */
const STAND_STILL = `{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, ::before, ::after { animation: none !important; transition: none !important; caret-color: transparent !important }");
  document.adoptedStyleSheets.push(sheet);
}`;

/**
 * Nobody looks at the pages, and to draw them takes a tenth of the time or more. Sizes, clicks and what Playwright takes for visible stay the
 * same. axe leaves out what is not drawn, so `axeFindings()` shows the page meanwhile.
 */
const DRAW_NOTHING = `if (self === top) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":root { opacity: 0 !important }");
  document.adoptedStyleSheets.push(sheet);
  globalThis.drawPage = (isDrawn) => { sheet.disabled = isDrawn; };
}`;

/**
 * A second after a message or an error of a field has appeared, the design system repeats its text for screen readers in an element
 * at the end of the body. On a busy machine a test that looks for the text would then find it twice.
 */
const ANNOUNCE_NOTHING = `addEventListener("DOMContentLoaded", () => {
  const silence = (element) => {
    element.textContent = "";
    Object.defineProperty(element, "textContent", { set() {} });
  };
  const isAnnouncer = (node) => node instanceof HTMLElement && node.className.includes("awsui_announcer");
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) [...addedNodes].filter(isAnnouncer).forEach(silence);
  }).observe(document.body, { childList: true });
})`;

let launched: Promise<Browser> | undefined;

/** Playwright ends it together with this process. */
async function sharedBrowser(): Promise<Browser> {
  const earlier = await launched;
  if (earlier?.isConnected()) return earlier;
  launched = findChromium().then((found) => chromium.launch({ ...found, args: FLAGS }));
  return launched;
}

/**
 * The next page is one of a new browser. Seen once, on 2026-11-30 on a busy machine: in a browser that went on running, nearly every
 * page of twenty tests in a row stopped changing after its first clicks.
 */
function leaveBrowser(): void {
  launched = undefined;
}

const TAKES_PICTURES = Boolean(process.env.COGNATE_SCREENSHOTS);

/** Without pictures nobody looks at the pixels, and a quarter of them is drawn sooner. */
const SCALE = TAKES_PICTURES ? 1 : 0.5;

/** Milliseconds between Playwright's looks at a page; the last one repeats. */
const LOOKS = [20, 30, 50, 50, 50, 100];

/**
 * Playwright looks whether an element is there after 20, 70, 170 and 270 ms, and then only twice a second. Most of what these
 * pages show comes between two of those looks. It has no setting for that.
 */
function lookOften(page: Page): void {
  const { _connection } = page as unknown as { _connection?: { toImpl?(object: unknown): object } };
  const frames = Object.getPrototypeOf(_connection?.toImpl?.(page.mainFrame()) ?? {});
  if (typeof frames.retryWithProgressAndTimeouts !== "function") return;
  frames.retryWithProgressAndBackoff = function (progress: unknown, look: unknown) {
    return this.retryWithProgressAndTimeouts(progress, LOOKS, look);
  };
}

/** What tests listen to. A listener that an earlier test left would answer the questions of a later one's page. */
const LISTENED = ["console", "dialog", "pageerror", "request", "requestfailed", "requestfinished"] as const;

export interface Browsing {
  /**
   * A page without cookies and stored data.
   *
   * It may be the page of an earlier test with the same options, whose cached scripts it then has: compiling the scripts of
   * the console takes most of the time of opening it in a new context.
   */
  open(options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

interface BrowsingOptions {
  /** The address of a page without scripts at the origin where the pages store data, if they do. */
  readonly plainPage?: string;
  /** Makes the loaded page of an earlier test as good as new. @returns false if it must be loaded anew */
  readonly tidy?: (page: Page) => Promise<boolean>;
  /** Whether the pages repeat their messages for screen readers. */
  readonly announces?: boolean;
}

export function startBrowsing({ plainPage, tidy, announces = false }: BrowsingOptions = {}): Browsing {
  const all = new Set<Page>();
  const idle = new Map<string, Page[]>();

  async function newPage(options: BrowserContextOptions): Promise<Page> {
    const context = await (await sharedBrowser()).newContext({ ...options, deviceScaleFactor: SCALE });
    // A slow machine must not fail the test.
    context.setDefaultTimeout(45_000);
    await context.addInitScript(STAND_STILL);
    if (!TAKES_PICTURES) await context.addInitScript(DRAW_NOTHING);
    if (!announces) await context.addInitScript(ANNOUNCE_NOTHING);
    const page = await context.newPage();
    lookOften(page);
    all.add(page);
    return page;
  }

  /** Makes the page of an earlier test as good as new. */
  async function reset(
    page: Page,
    { colorScheme = "light", viewport }: BrowserContextOptions,
  ): Promise<void> {
    const context = page.context();
    for (const other of context.pages()) if (other !== page) await other.close();
    for (const event of LISTENED) page.removeAllListeners(event);
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await context.unrouteAll({ behavior: "ignoreErrors" });
    await context.setOffline(false);
    await context.clearPermissions();
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport ?? { width: 1280, height: 720 });
    if (await tidy?.(page)) return;
    if (plainPage !== undefined) {
      await page.goto(plainPage);
      await page.evaluate("localStorage.clear(); sessionStorage.clear()");
    }
    await context.clearCookies();
    await page.goto("about:blank");
  }

  return {
    async open(options = {}) {
      // A page can change these two.
      const { viewport: _viewport, colorScheme: _colorScheme, ...fixed } = options;
      const key = JSON.stringify(fixed);
      const earlier = idle.get(key)?.pop();
      if (earlier) await reset(earlier, options);
      const page = earlier ?? (await newPage(options));
      // What a hook opens is for all tests.
      if (TestRunner.getCurrentTest() !== undefined)
        onTestFinished(({ task }) => {
          if (task.result?.state === "fail") {
            leaveBrowser();
            idle.clear();
          } else if (!page.isClosed()) idle.set(key, [...(idle.get(key) ?? []), page]);
        });
      return page;
    },
    async close() {
      const current = await launched;
      for (const page of all) {
        const context = page.context();
        await context.close();
        if (context.browser() !== current) await context.browser()?.close();
      }
    },
  };
}

/** Gives the browser of a page an authenticator for passkeys, which proves its user without a question. */
export async function addAuthenticator(
  page: Page,
  transport: "internal" | "usb" = "internal",
): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  // The authenticator goes with the session, and both with a page that the test closed.
  onTestFinished(() => (page.isClosed() ? undefined : devtools.detach()));
}
