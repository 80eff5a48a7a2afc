/** Runs the code that "Set up your application" shows, unchanged. */
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import {
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClientType } from "../../console/src/rules/app-clients/app-client.ts";
import { machineParameters, returnUrlParameters } from "../../console/src/rules/app-clients/login-pages.ts";
import { setUpPlaceOf, setUpSamples, typesOfClient } from "../../console/src/rules/set-up/index.ts";
import { startBrowserApp } from "../support/browser-app.ts";
import { type Browsing, startBrowsing } from "../support/browsing.ts";
import { freePort } from "../support/free-port.ts";
import { need } from "../support/machine.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

const run = promisify(execFile);
/** Where the code finds the packages that it imports. */
const cache = resolve(import.meta.dirname, "../../node_modules/.cache");

describe("the code of an application's set-up", () => {
  let server: TestServer;
  let browsing: Browsing;
  let folder: string;
  beforeAll(async () => {
    server = await startTestServer();
    browsing = startBrowsing({ plainPage: `${server.url}/_cognate/health` });
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, "set-up-"));
  });
  afterAll(async () => {
    await browsing.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  /** A client of a pool with the user jane. */
  async function clientWith(
    settings: Partial<CreateUserPoolClientCommandInput>,
    { cognito }: TestServer = server,
  ): Promise<UserPoolClientType> {
    const { poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(cognito, {}, settings);
    await createConfirmedUser(cognito, { UserPoolId, Username: "jane", Password: "Perm4nent!" });
    const { UserPoolClient = {} } = await cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    return UserPoolClient;
  }

  function lines(
    type: ClientType,
    id: string,
    client: UserPoolClientType,
    step = "code",
    place: Parameters<typeof setUpPlaceOf>[0] = { endpoint: server.url },
  ): string {
    const found = setUpSamples[type]
      .find((sample) => sample.id === id)
      ?.steps.find(({ name }) => name === step);
    if (found === undefined) throw new Error(`There is no step ${step} of ${id}.`);
    return found.lines(setUpPlaceOf(place, client, type));
  }

  async function signIn(page: Page, client: UserPoolClientType): Promise<void> {
    await page.getByLabel("Username").fill("jane");
    await page.getByLabel("Password", { exact: true }).fill("Perm4nent!");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText(/Signed in as [0-9a-f-]{36}/).waitFor();
    expect(page.url().startsWith(new URL(client.CallbackURLs?.[0] ?? "").origin)).toBe(true);
  }

  it.each([
    ["with a client secret", true],
    ["without one", false],
  ])("signs a user in to a Node.js application %s", async (_name, GenerateSecret) => {
    const url = `http://localhost:${await freePort()}/callback`;
    const client = await clientWith({ GenerateSecret, ...returnUrlParameters(url) });
    await runNodeServer(client, lines("web", "node", client, "app"));
  });

  it("signs a user in to a Node.js application of a server with another issuer", async () => {
    const other = await startTestServer({ issuer: "https://issuer.example.com" });
    try {
      const url = `http://localhost:${await freePort()}/callback`;
      const client = await clientWith({ GenerateSecret: true, ...returnUrlParameters(url) }, other);
      const issuer = `https://issuer.example.com/${client.UserPoolId}`;
      const place = { endpoint: other.url, issuer };
      await runNodeServer(client, lines("web", "node", client, "app", place));
    } finally {
      await other.stop();
    }
  });

  async function runNodeServer(client: UserPoolClientType, code: string): Promise<void> {
    const [url = ""] = client.CallbackURLs ?? [];
    const script = join(folder, `app-${client.ClientId}.mjs`);
    await writeFile(script, code);
    const app = spawn(process.execPath, [script], {
      env: { PATH: process.env.PATH, CLIENT_SECRET: client.ClientSecret },
      stdio: ["ignore", "inherit", "inherit"],
    });
    try {
      const { origin } = new URL(url);
      await expect
        .poll(
          () =>
            fetch(origin).then(
              ({ status }) => status,
              () => 0,
            ),
          { timeout: 30_000 },
        )
        .toBe(200);
      const page = await browsing.open();
      await page.goto(origin);
      await page.getByRole("link", { name: "Sign in" }).click();
      await signIn(page, client);
      const answer = await page.goto(`${url}?code=another&state=another`);
      expect(answer?.status()).toBe(400);
    } finally {
      app.kill();
    }
  }

  it.each(["react", "javascript"])("signs a user in to a single-page application with %s", async (id) => {
    // The app is served before its origin is known, so its client gets the return URL after that.
    const client = await clientWith(returnUrlParameters("http://localhost:5173/"));
    const script = join(folder, `${id}.jsx`);
    const port = await freePort();
    const CallbackURLs = [`http://localhost:${port}/`];
    await writeFile(script, lines("spa", id, { ...client, CallbackURLs }, "app"));
    const app = await startBrowserApp(script, { jsx: "automatic" }, port);
    try {
      const { ClientSecret: _s, CreationDate: _c, LastModifiedDate: _m, ...settings } = client;
      await server.cognito.send(
        new UpdateUserPoolClientCommand({
          ...settings,
          UserPoolId: client.UserPoolId,
          ClientId: client.ClientId,
          CallbackURLs,
        }),
      );
      const page = await browsing.open();
      await page.goto(app.origin);
      await page.getByRole("button", { name: "Sign in" }).click();
      await signIn(page, { ...client, CallbackURLs });
    } finally {
      app.stop();
    }
  });

  it("signs a user in by SRP in a mobile application", async () => {
    const client = await clientWith({});
    const code = `${lines("mobile", "react-native", client)}
console.log((await signInWith("jane", "Perm4nent!")).token_use);`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code]);
    expect(stdout.trim()).toBe("id");
  });

  it.each([
    ["curl", (code: string) => ["bash", "-euc", code]],
    ["node", (code: string) => [process.execPath, "--input-type=module", "--eval", code]],
    ["python", (code: string) => ["python3", "-c", code]],
  ] as const)("gets tokens of an application without users with %s", async (id, command) => {
    if (id !== "node") need(id);
    const { cognito } = server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    const Scopes = [{ ScopeName: "seller's", ScopeDescription: "Read" }];
    await cognito.send(
      new CreateResourceServerCommand({ UserPoolId, Identifier: "orders", Name: "orders", Scopes }),
    );
    const { UserPoolClient: client = {} } = await cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId,
        ClientName: "batch",
        GenerateSecret: true,
        ...machineParameters(["orders/seller's"]),
      }),
    );
    expect(typesOfClient(client)).toEqual(["machine"]);
    const [program = "", ...parameters] = command(lines("machine", id, client));
    const { stdout } = await run(program, parameters, {
      env: { PATH: process.env.PATH, CLIENT_SECRET: client.ClientSecret },
    });
    expect(stdout).toMatch(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/);
  });
});
