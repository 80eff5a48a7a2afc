import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Server } from "../bin/index.d.ts";
import { createServer } from "../src/create-server.ts";

const guides = resolve(import.meta.dirname, "../docs/guides");
const ClientId = "apiclient00000000000000001";
let server: Server;
beforeAll(async () => {
  server = await createServer({ seed: join(guides, "cognate.seed.yaml") });
});
afterAll(() => server.stop());

async function signIn() {
  const cognito = new CognitoIdentityProviderClient({ endpoint: server.url, region: "us-east-1" });
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "hanako@example.com", PASSWORD: "Permanent-1" },
    }),
  );
  cognito.destroy();
  return AuthenticationResult ?? {};
}

describe("the API of the guide for Fastify", () => {
  let port: number;
  let folder: string;
  let api: ChildProcess;
  beforeAll(async () => {
    const guide = readFileSync(join(guides, "node-apis.md"), "utf8");
    const code = /## Fastify[\s\S]*?```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";
    // Inside node_modules, where the program finds its packages.
    const cache = resolve(guides, "../../node_modules/.cache");
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, "guide-"));
    await writeFile(join(folder, "api.mjs"), `${code}\nconsole.log(app.server.address().port);\n`);
    api = spawn(process.execPath, ["api.mjs"], {
      cwd: folder,
      env: {
        ...process.env,
        COGNITO_ISSUER: server.issuerOf("us-east-1_AppPool01"),
        COGNITO_CLIENT_ID: ClientId,
        PORT: "0",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (api.stdout !== null) port = Number(await once(api.stdout, "data"));
  });
  afterAll(async () => {
    api.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const me = (token = "") =>
    fetch(`http://127.0.0.1:${port}/me`, { headers: { authorization: `Bearer ${token}` } });

  it("answers a request that has an access token", async () => {
    const { AccessToken } = await signIn();
    const response = await me(AccessToken);
    expect(await response.json()).toMatchObject({ groups: ["admins"] });
  });

  it.each([
    ["an ID token", async () => (await signIn()).IdToken],
    ["an altered token", async () => `${(await signIn()).AccessToken}x`],
    ["no token", async () => undefined],
  ])("refuses a request that has %s", async (_, token) => {
    const response = await me(await token());
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  });
});
