import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Server } from "../bin/index.d.ts";
import { createServer } from "../src/create-server.ts";
import { type BrowserApp, startBrowserApp } from "./support/browser-app.ts";
import { type Browsing, startBrowsing } from "./support/browsing.ts";
import { findChromium } from "./support/chromium.ts";
import { program } from "./support/cognate-process.ts";
import { freePort } from "./support/free-port.ts";
import { guides, writeFilesOf } from "./support/guides.ts";

const root = resolve(import.meta.dirname, "..");
const binaries = join(root, "test/binaries/node_modules");
const seed = join(guides, "cognate.seed.yaml");
const UserPoolId = "us-east-1_AppPool01";
const ClientId = "spaclient00000000000000001";

/** A folder with the files of a guide, which name other addresses. */
async function writeGuide(
  guide: string,
  addresses: Readonly<Record<string, string>>,
  parent: string,
): Promise<string> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "guide-"));
  const text = Object.entries(addresses).reduce((all, [from, to]) => all.replaceAll(from, to), guide);
  writeFilesOf(text, folder);
  return folder;
}

/** Bundles and serves the app of the guide for React. */
async function startReactApp(cognate: string): Promise<BrowserApp> {
  // Inside node_modules, where the app finds its packages.
  const cache = join(root, "node_modules/.cache");
  const folder = await writeGuide(readGuide("react.md"), { "http://127.0.0.1:9229": cognate }, cache);
  const app = await startBrowserApp(join(folder, "src/main.jsx"), { jsx: "automatic" });
  await rm(folder, { recursive: true });
  return app;
}

const readGuide = (name: string) => readFileSync(join(guides, name), "utf8");

describe("the app of the guide for React", () => {
  let server: Server;
  let app: BrowserApp;
  let browsing: Browsing;

  beforeAll(async () => {
    server = await createServer({ seed });
    app = await startReactApp(server.url);
    browsing = startBrowsing({ plainPage: `${app.origin}/app.js` });
    const cognito = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: server.administrator,
    });
    const client = { UserPoolId, ClientId };
    const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand(client));
    const urls = [`${app.origin}/`];
    await cognito.send(
      new UpdateUserPoolClientCommand({ ...UserPoolClient, ...client, CallbackURLs: urls, LogoutURLs: urls }),
    );
    cognito.destroy();
  });
  afterAll(async () => {
    await browsing.close();
    app.stop();
    await server.stop();
  });

  it("signs in by the login pages and out again", async () => {
    const page = await browsing.open();
    await page.goto(app.origin);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("Email address").fill("hanako@example.com");
    await page.getByLabel("Password", { exact: true }).fill("Permanent-1");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Signed in as hanako@example.com").waitFor();
    expect(page.url()).toBe(`${app.origin}/`);

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).click();
    // The session of the login pages has ended too: they ask for the password again.
    await page.getByLabel("Password", { exact: true }).waitFor();
  });

  it("rejects a code that it did not ask for", async () => {
    const page = await browsing.open();
    await page.goto(`${app.origin}/?code=another&state=another`);
    await page.getByText("The sign-in failed: No matching state found in storage").waitFor();
  });
});

describe("the guides for Playwright", () => {
  let folder: string;
  let app: BrowserApp;
  afterAll(async () => {
    app.stop();
    await rm(folder, { recursive: true });
  });

  it("have tests that pass as they are written", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    app = await startReactApp(url);
    const ofTests = /^## Playwright[\s\S]*?(?=^## )/m.exec(readGuide("tests.md"))?.[0];
    const addresses = { "http://127.0.0.1:9229": url, "http://localhost:5173": app.origin };
    // Not inside node_modules: Playwright takes no tests from there.
    folder = await writeGuide(`${ofTests}\n${readGuide("react.md")}`, addresses, tmpdir());
    await symlink(binaries, join(folder, "node_modules"));
    await cp(seed, join(folder, "cognate.seed.yaml"));

    const config = join(folder, "playwright.config.js");
    const { executablePath, env } = await findChromium();
    // A slow machine must not fail the tests.
    const limits = JSON.stringify({ timeout: 80_000, expect: { timeout: 60_000 } });
    const command = `"${process.execPath}" "${program}" dev --port ${new URL(url).port} --data-dir .cognate`;
    await writeFile(
      config,
      (await readFile(config, "utf8"))
        .replace("npx cognate dev", command.replaceAll('"', '\\"'))
        .replace(
          "defineConfig({",
          `defineConfig({ use: ${JSON.stringify({ launchOptions: { executablePath } })}, ...${limits},`,
        ),
    );
    const runner = join(binaries, "@playwright/test/cli.js");
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [runner, "test", "--workers", "1", "--reporter", "json"],
      { cwd: folder, env: { ...env, FORCE_COLOR: "0", PWTEST_CACHE_DIR: join(folder, "cache") } },
    );
    expect(JSON.parse(stdout).stats).toMatchObject({ expected: 3, unexpected: 0, flaky: 0, skipped: 0 });
  });
});
