/** The pages with branding in a real browser: what is drawn, that nothing comes from elsewhere, and what axe finds. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  AdminUpdateUserAttributesCommand,
  CreateManagedLoginBrandingCommand,
  CreateUserPoolDomainCommand,
  SetUICustomizationCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings } from "../support/axe.ts";
import { addAuthenticator, type Browsing, startBrowsing } from "../support/browsing.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { createClient, openPool, PASSWORD } from "./scene.ts";

/** Where pictures of the pages are put to be looked at; git ignores it. */
const SCREENSHOTS = join(import.meta.dirname, "../../screenshots");

const svg = (color: string) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 40"><circle cx="20" cy="20" r="16" fill="${color}"/><path d="M48 12h96v6H48zM48 23h64v6H48z" fill="${color}"/></svg>`,
  );
const logo = (ColorMode: "LIGHT" | "DARK", color: string) =>
  ({ Category: "FORM_LOGO", ColorMode, Extension: "SVG", Bytes: svg(color) }) as const;
const button = (backgroundColor: string, textColor: string) => ({ defaults: { backgroundColor, textColor } });
const SETTINGS = {
  categories: { global: { colorSchemeMode: "DYNAMIC" } },
  components: {
    form: { borderRadius: 16, logo: { enabled: true, location: "CENTER" } },
    primaryButton: { lightMode: button("7a1fa2ff", "ffffffff"), darkMode: button("ce93d8ff", "1a0024ff") },
  },
};

let server: TestServer;
let browsing: Browsing;
let clientId: string;

beforeAll(async () => {
  server = await startTestServer();
  browsing = startBrowsing();
  const UserPoolId = await openPool(server);
  const { client_id } = await createClient(server, UserPoolId, {
    CallbackURLs: [`${server.url}/account`],
  });
  clientId = client_id;
  await server.cognito.send(
    new CreateManagedLoginBrandingCommand({
      UserPoolId,
      ClientId: clientId,
      Settings: SETTINGS,
      Assets: [logo("LIGHT", "#7a1fa2"), logo("DARK", "#ce93d8")],
    }),
  );
  await server.cognito.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
  );
  const UserAttributes = [{ Name: "phone_number_verified", Value: "false" }];
  await server.cognito.send(
    new AdminUpdateUserAttributesCommand({ UserPoolId, Username: "alice", UserAttributes }),
  );
});
afterAll(async () => {
  await browsing.close();
  await server.stop();
});

interface Opened {
  readonly page: Page;
  /** Addresses of other servers that were asked for. */
  readonly foreign: string[];
  /** Errors that the browser reported, violations of the Content-Security-Policy among them. */
  readonly complaints: string[];
}

async function open(options: BrowserContextOptions): Promise<Opened> {
  const page = await browsing.open({ viewport: { width: 1440, height: 900 }, ...options });
  const [foreign, complaints] = [[], []] as [string[], string[]];
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol !== "data:" && hostname !== "127.0.0.1" && !hostname.endsWith("localhost"))
      foreign.push(request.url());
  });
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  return { page, foreign, complaints };
}

const loginUrl = (lang: string, base = server.url, client = clientId) =>
  `${base}/login?${new URLSearchParams({ client_id: client, response_type: "code", redirect_uri: `${server.url}/account`, lang, state: client })}`;

async function look(page: Page, name: string, fullPage = false): Promise<string[]> {
  if (process.env.COGNATE_SCREENSHOTS) {
    await mkdir(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage });
  }
  return (await axeFindings(page)).map(({ text }) => text);
}

const isTooWide = (page: Page) =>
  page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");

const WIDE: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
const NARROW: BrowserContextOptions = { viewport: { width: 390, height: 844 } };
const CASES = [
  ["en", "wide", WIDE, "light"],
  ["en", "wide", WIDE, "dark"],
  ["en", "narrow", NARROW, "light"],
  ["ja", "wide", WIDE, "light"],
  ["ja", "narrow", NARROW, "dark"],
  ["de", "narrow", NARROW, "light"],
] as const;

describe("the sign-in page with a managed login style", () => {
  it.each(CASES)(
    "is drawn in the colors of the style in %s in a %s window",
    async (lang, width, options, colorScheme) => {
      const { page, foreign, complaints } = await open({ ...options, colorScheme });
      await page.goto(loginUrl(lang));
      const color = await page.evaluate(
        "getComputedStyle(document.querySelector('button.primary')).backgroundColor",
      );
      expect(color).toBe(colorScheme === "light" ? "rgb(122, 31, 162)" : "rgb(206, 147, 216)");
      expect(
        await page
          .locator(".logo img")
          .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
      ).toBeGreaterThan(0);
      expect(await look(page, `branded-sign-in-${lang}-${width}-${colorScheme}`)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
      expect({ foreign, complaints }).toEqual({ foreign: [], complaints: [] });
    },
  );

  it("is not wider than its window in a right-to-left layout", async () => {
    const { page } = await open(NARROW);
    await page.goto(loginUrl("en"));
    await page.evaluate("document.documentElement.dir = 'rtl'");
    expect(await look(page, "branded-sign-in-rtl")).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
  });
});

describe("the account page", () => {
  it.each(CASES)("has no axe findings in %s in a %s window", async (lang, width, options, colorScheme) => {
    const { page, foreign, complaints } = await open({ ...options, colorScheme });
    await page.goto(loginUrl(lang));
    await page.locator("input[name=username]").fill("alice");
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.locator("button.primary").click();
    await page.locator(".account h1").waitFor();
    expect(await look(page, `account-${lang}-${width}-${colorScheme}`, true)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    expect({ foreign, complaints }).toEqual({ foreign: [], complaints: [] });
  });

  it("is not wider than its window in a right-to-left layout", async () => {
    const { page } = await open(NARROW);
    await page.goto(loginUrl("en"));
    await page.locator("input[name=username]").fill("alice");
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.locator("button.primary").click();
    await page.locator(".account h1").waitFor();
    await page.evaluate("document.documentElement.dir = 'rtl'");
    await look(page, "account-rtl", true);
    expect(await isTooWide(page)).toBe(false);
  });
});

describe("passkeys on the account page", () => {
  it("are registered by an authenticator of the browser, and removed", async () => {
    const localUrl = server.url.replace("127.0.0.1", "localhost");
    const UserPoolId = await openPool(server);
    await server.cognito.send(
      new UpdateUserPoolCommand({
        UserPoolId,
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
      }),
    );
    await server.cognito.send(
      new SetUserPoolMfaConfigCommand({ UserPoolId, WebAuthnConfiguration: { RelyingPartyId: "localhost" } }),
    );
    const { client_id } = await createClient(server, UserPoolId, { CallbackURLs: [`${localUrl}/account`] });
    const { page, complaints } = await open(WIDE);
    await addAuthenticator(page);
    await page.goto(`${localUrl}/account?client_id=${client_id}&lang=en`);
    await page.locator("input[name=username]").fill("alice");
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.locator("button.primary").click();
    await page.getByText("You have no passkeys yet.").waitFor();
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByRole("button", { name: "Create a passkey" }).click();
    await page.getByText("Your changes have been saved.").waitFor();
    await page.getByRole("button", { name: /^Remove: / }).click();
    await page.getByText("You have no passkeys yet.").waitFor();
    expect(complaints).toEqual([]);
  });
});

describe("the sign-in page of a domain with ManagedLoginVersion 1", () => {
  it("has the classic style sheet and logo", async () => {
    const UserPoolId = await openPool(server);
    const { client_id } = await createClient(server, UserPoolId, {
      CallbackURLs: [`${server.url}/account`],
    });
    await server.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "classic" }));
    const CSS =
      ".submitButton-customizable { background-color: #006644; border-radius: 0; } .background-customizable { background-color: #f4fff8; }";
    await server.cognito.send(new SetUICustomizationCommand({ UserPoolId, ClientId: client_id, CSS }));
    const { page, complaints } = await open(WIDE);
    const { port } = new URL(server.url);
    await page.goto(loginUrl("en", `http://classic.localhost:${port}`, client_id));
    expect(
      await page.evaluate(
        "getComputedStyle(document.querySelector('.submitButton-customizable')).backgroundColor",
      ),
    ).toBe("rgb(0, 102, 68)");
    expect(await look(page, "classic-sign-in")).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
