import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHmac, createPublicKey } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { build } from "esbuild";
import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Server, ServerOptions } from "../bin/index.d.ts";
import { createServer } from "../src/create-server.ts";
import { freePort } from "./support/free-port.ts";
import { guides, writeFilesOf } from "./support/guides.ts";
import { isMissing } from "./support/machine.ts";

const UserPoolId = "us-east-1_AppPool01";
const ClientId = "apiclient00000000000000001";

/** Builds a NestJS project as its compiler does. Node.js runs no decorators. */
async function buildNest(folder: string) {
  await build({
    entryPoints: [join(folder, "src/main.ts")],
    outfile: join(folder, "api.mjs"),
    bundle: true,
    packages: "external",
    format: "esm",
    target: "es2022",
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
}

function startDjango(folder: string) {
  execFileSync("/usr/bin/python3", ["-m", "django", "startproject", "api", "."], { cwd: folder });
}

const apis = [
  ...["Express", "Fastify", "Hono", "NestJS"].map((name) => ({
    name,
    guide: "node-apis.md",
    section: new RegExp(`^## ${name}[\\s\\S]*?(?=^## )`, "m"),
    isMissing: false,
    prepare: undefined,
    build: name === "NestJS" ? buildNest : undefined,
    command: () => [process.execPath, "api.mjs"],
  })),
  {
    name: "Django",
    guide: "django.md",
    section: /[\s\S]+/,
    isMissing: isMissing("pythonApis"),
    prepare: startDjango,
    build: undefined,
    command: (port: number) => [
      "/usr/bin/python3",
      "manage.py",
      "runserver",
      "--noreload",
      `127.0.0.1:${port}`,
    ],
  },
  {
    name: "FastAPI",
    guide: "fastapi.md",
    section: /[\s\S]+/,
    isMissing: isMissing("pythonApis"),
    prepare: undefined,
    build: undefined,
    command: (port: number) => ["/usr/bin/python3", "-m", "uvicorn", "api:app", "--port", String(port)],
  },
];

let server: Server;
let cognito: CognitoIdentityProviderClient;
/** Signed by the keys of the pool, with AWS's issuer. */
let accessTokenOfOtherIssuer: string | undefined;

async function start(options: ServerOptions) {
  server = await createServer({ seed: join(guides, "cognate.seed.yaml"), ...options });
  cognito = new CognitoIdentityProviderClient({
    endpoint: server.url,
    region: "us-east-1",
    credentials: server.administrator,
  });
}

async function stop() {
  cognito.destroy();
  await server.stop();
}

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "cognate-guides-"));
  await start({ dataDir, issuer: "aws" });
  accessTokenOfOtherIssuer = (await signIn()).AccessToken;
  await stop();
  await start({ dataDir });
});
afterAll(async () => {
  await stop();
  await rm(dataDir, { recursive: true });
});

async function signIn(clientId = ClientId) {
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "hanako@example.com", PASSWORD: "Permanent-1" },
    }),
  );
  return AuthenticationResult ?? {};
}

async function accessTokenOfOtherClient() {
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "other",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    }),
  );
  return (await signIn(UserPoolClient?.ClientId)).AccessToken;
}

async function expiredAccessToken() {
  server.clock.advance(-7_200_000);
  const { AccessToken } = await signIn();
  server.clock.reset();
  return AccessToken;
}

async function partsOfAccessToken() {
  const { AccessToken = "" } = await signIn();
  const [header = "", claims = ""] = AccessToken.split(".");
  const parse = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
  return { claims, header: parse(header), payload: parse(claims) };
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function signedByAnotherKey() {
  const { header, payload } = await partsOfAccessToken();
  const { privateKey } = await generateKeyPair("RS256");
  return new SignJWT(payload).setProtectedHeader(header).sign(privateKey);
}

async function signedByThePublicKey() {
  const { claims, header } = await partsOfAccessToken();
  const { keys } = await (await fetch(`${server.issuerOf(UserPoolId)}/.well-known/jwks.json`)).json();
  const jwk = keys.find(({ kid }: { kid: string }) => kid === header.kid);
  const pem = createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" });
  const signed = `${encode({ ...header, alg: "HS256" })}.${claims}`;
  return `${signed}.${createHmac("sha256", pem).update(signed).digest("base64url")}`;
}

async function unsigned() {
  const { claims, header } = await partsOfAccessToken();
  return `${encode({ ...header, alg: "none" })}.${claims}.`;
}

describe.each(apis)("the API of the guide for $name", (api) => {
  let folder: string;
  let running: ChildProcess;
  let url: string;

  beforeAll(async () => {
    if (api.isMissing) return;
    // Inside node_modules, where a program of Node.js finds its packages.
    const cache = resolve(import.meta.dirname, "binaries/node_modules/.cache");
    mkdirSync(cache, { recursive: true });
    folder = await mkdtemp(join(cache, "guide-"));
    api.prepare?.(folder);
    const guide = readFileSync(join(guides, api.guide), "utf8");
    writeFilesOf(api.section.exec(guide)?.[0] ?? "", folder);
    await api.build?.(folder);

    const port = await freePort();
    url = `http://127.0.0.1:${port}/me`;
    const [program = "", ...args] = api.command(port);
    running = spawn(program, args, {
      cwd: folder,
      env: {
        ...process.env,
        COGNITO_ISSUER: server.issuerOf(UserPoolId),
        COGNITO_CLIENT_ID: ClientId,
        PORT: String(port),
      },
      stdio: "ignore",
    });
    while (running.exitCode === null) {
      if (await fetch(url).catch(() => undefined)) return;
      await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error(`${program} ended with status ${running.exitCode}`);
  });
  afterAll(async () => {
    if (api.isMissing) return;
    if (running.exitCode === null && running.kill()) await once(running, "exit");
    await rm(folder, { recursive: true, force: true });
  });

  it.skipIf(api.isMissing)("answers a request that has an access token", async () => {
    const { AccessToken } = await signIn();
    const response = await fetch(url, { headers: { authorization: `Bearer ${AccessToken}` } });
    expect(await response.json()).toEqual({ sub: expect.any(String), groups: ["admins"] });
  });

  it.skipIf(api.isMissing).each([
    ["an ID token", async () => `Bearer ${(await signIn()).IdToken}`],
    ["an access token of another app client", async () => `Bearer ${await accessTokenOfOtherClient()}`],
    ["an access token of another issuer", async () => `Bearer ${accessTokenOfOtherIssuer}`],
    ["an expired token", async () => `Bearer ${await expiredAccessToken()}`],
    ["an altered token", async () => `Bearer ${(await signIn()).AccessToken?.slice(0, -6)}AAAAAA`],
    ["a token signed by another key", async () => `Bearer ${await signedByAnotherKey()}`],
    ["a token signed by HS256 with the public key", async () => `Bearer ${await signedByThePublicKey()}`],
    ["a token without signature", async () => `Bearer ${await unsigned()}`],
    ["an access token of another scheme", async () => `Basic ${(await signIn()).AccessToken}`],
    ["an empty token", async () => "Bearer "],
    ["no token", async () => undefined],
  ])("refuses a request that has %s", async (_, authorization) => {
    const value = await authorization();
    const response = await fetch(url, { headers: value === undefined ? {} : { authorization: value } });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  });
});
