/** The managed login pages in a real browser, on a server of its own. */
import { mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import type { Settings } from "../../src/config/index.ts";
import { axeFindings } from "../support/axe.ts";
import { startBrowsing } from "../support/browsing.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

export const PASSWORD = "Permanent-1";

/** Pictures of every page are taken when COGNATE_SCREENSHOTS is set; git ignores the folder. */
const SCREENSHOTS = join(import.meta.dirname, "../../screenshots/managed-login");

/** How each flow is gone through: with and without JavaScript, in two languages; in German too where pictures are taken. */
export const VARIANTS = [
  ["with JavaScript, in English", { javaScriptEnabled: true, locale: "en-US" }],
  ["without JavaScript, in Japanese", { javaScriptEnabled: false, locale: "ja-JP" }],
  ...(process.env.COGNATE_SCREENSHOTS
    ? [["with JavaScript, in German", { javaScriptEnabled: true, locale: "de-DE" }] as const]
    : []),
] as const;

export interface PagesUnderTest {
  readonly server: TestServer;
  /** The server by the name that passkeys of `localhost` work at. */
  readonly origin: string;
  /** The page of the client that codes go to. */
  readonly callback: string;
  open(options?: BrowserContextOptions): Promise<LoginPage>;
  stop(): Promise<void>;
}

export interface LoginPage extends Page {
  /** The errors that the browser reported: script errors and Content-Security-Policy violations. */
  readonly complaints: string[];
  /** Requests for anything but pages of the server and of the client. */
  readonly outside: string[];
}

export async function startPages(overrides: Partial<Settings> = {}): Promise<PagesUnderTest> {
  const server = await startTestServer(overrides);
  const browsing = startBrowsing();
  const origin = `http://localhost:${new URL(server.url).port}`;
  const client = createServer((_request, response) => response.end("the client"));
  await new Promise<void>((done) => client.listen(0, "127.0.0.1", done));
  const callback = `http://localhost:${(client.address() as AddressInfo).port}/callback`;
  return {
    server,
    origin,
    callback,
    async open(options = {}) {
      const page = await browsing.open({ locale: "en-US", reducedMotion: "reduce", ...options });
      const complaints: string[] = [];
      const outside: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
          complaints.push(message.text());
      });
      page.on("request", (request) => {
        const url = request.url();
        if (![origin, new URL(callback).origin, "data:"].some((known) => url.startsWith(known)))
          outside.push(url);
      });
      return Object.assign(page, { complaints, outside });
    },
    async stop() {
      await browsing.close();
      client.close();
      await server.stop();
    },
  };
}

/** The address of a page for an authorization request. */
export function addressOf(
  { origin, callback }: Pick<PagesUnderTest, "origin" | "callback">,
  userPoolId: string,
  clientId: string,
  path = "/login",
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: callback,
    scope: "openid",
    state: "kept",
    ...more,
  });
  return `${origin}/${userPoolId}${path}?${query}`;
}

/** Fills in fields by their names, sends the form, and waits for the page that follows. */
export async function send(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.fill(`input[name="${name}"]`, value);
  await Promise.all([page.waitForEvent("domcontentloaded"), page.click("button.primary")]);
}

/** @returns the code that the client was given */
export async function codeOf(page: Page): Promise<string> {
  await page.waitForURL("**/callback?*");
  const { searchParams } = new URL(page.url());
  expect(searchParams.get("state")).toBe("kept");
  return searchParams.get("code") ?? "";
}

/** Checks that a page shows what it should, is accessible, and loads nothing from elsewhere. */
export async function look(page: LoginPage, name: string, { axe = true } = {}): Promise<void> {
  expect(page.complaints).toEqual([]);
  expect(page.outside).toEqual([]);
  expect((await page.content()).length, name).toBeLessThan(60 * 1024);
  if (axe) {
    expect(await axeFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    // The colors are all that the scheme changes.
    const rules = ["color-contrast", "link-in-text-block"];
    expect(await axeFindings(page, { rules })).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
  }
  if (process.env.COGNATE_SCREENSHOTS) await picture(page, name);
}

async function picture(page: Page, name: string): Promise<void> {
  const language = await page.locator("html").getAttribute("lang");
  await mkdir(SCREENSHOTS, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      const path = join(SCREENSHOTS, `${name}-${language}-${colorScheme}-${width}.png`);
      await page.screenshot({ path, fullPage: true });
    }
  }
}
