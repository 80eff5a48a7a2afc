import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { build, type Metafile } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { bundle } from "../tools/bundle.mjs";

/** The program is a bundle, so that all its dependencies are those of development. */
const dependencies = new Set(Object.keys(packageJson.devDependencies));

/**
 * The dependencies that a start needs. All others are loaded with their first use; see "Parts that are loaded when first used"
 * in docs/architecture.md.
 */
const LOADED_AT_START = ["fastify", "kysely", "lru-cache", "otpauth", "pino", "zod"];
/** The log of `dev`, and the seed. */
const LOADED_FOR_THIS_TEST = ["pino-pretty", "yaml"];

const seed = `
pools:
  - name: started
    id: us-east-1_Started01
    clients:
      - { name: web, id: startedclient, settings: { ExplicitAuthFlows: [ALLOW_ADMIN_USER_PASSWORD_AUTH] } }
    users:
      - { username: jane, password: Permanent-1 }
`;

/** Notes each file of the bundle that the program loads, and when it gets a signal the modules of Node that it has loaded. */
const observer = `
import { registerHooks } from "node:module";
import { appendFileSync } from "node:fs";
registerHooks({
  load(url, context, next) {
    if (url.includes("/dist/")) appendFileSync(process.env.LOADED, url + "\\n");
    return next(url, context);
  },
});
process.on("SIGUSR2", () => appendFileSync(process.env.LOADED, process.moduleLoadList.join("\\n") + "\\n"));
`;

describe("the built program", () => {
  let folder: string;
  let server: ChildProcess;
  let url: string;
  let outputs: Metafile["outputs"];

  const filesLoaded = async () => [
    ...new Set((await readFile(join(folder, "loaded"), "utf8")).trim().split("\n")),
  ];
  const packagesLoaded = async () => packagesOf(await filesLoaded(), outputs);

  // It bundles the program once more, which takes a busy machine long.
  beforeAll(async () => {
    // The names of chunks are hashes of what is in them, so that these are those of dist/.
    ({
      metafile: { outputs },
    } = await build({ ...bundle, write: false, metafile: true as const }));
    folder = await mkdtemp(join(tmpdir(), "cognate-start-"));
    await writeFile(join(folder, "observer.mjs"), observer);
    await writeFile(join(folder, "seed.yaml"), seed);
    server = spawn(
      process.execPath,
      [
        ...["--import", join(folder, "observer.mjs"), resolve("bin/cognate.mjs")],
        ...["dev", "--port", "0", "--data-dir", join(folder, "data"), "--log-level", "error"],
        ...["--seed", join(folder, "seed.yaml"), "--config", await settings(folder)],
      ],
      { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, LOADED: join(folder, "loaded") } },
    );
    url = await new Promise<string>((ready, failed) => {
      server.stdout?.on("data", (chunk: Buffer) => {
        const found = /^Cognate is ready at (\S+)$/m.exec(chunk.toString())?.[1];
        if (found !== undefined) ready(found);
      });
      server.on("exit", () => failed(new Error("The server ended before it was ready.")));
    });
  }, 120_000);
  afterAll(async () => {
    server.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it("loads no package at its start that only some servers need, and none for a sign-in", async () => {
    const client = new CognitoIdentityProviderClient({
      endpoint: url,
      region: "us-east-1",
      credentials: { accessKeyId: "any", secretAccessKey: "any" },
    });
    const { AuthenticationResult } = await client.send(
      new AdminInitiateAuthCommand({
        UserPoolId: "us-east-1_Started01",
        ClientId: "startedclient",
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane", PASSWORD: "Permanent-1" },
      }),
    );
    client.destroy();
    expect(AuthenticationResult?.AccessToken).toBeDefined();
    expect((await packagesLoaded()).toSorted()).toEqual(
      [...LOADED_AT_START, ...LOADED_FOR_THIS_TEST].toSorted(),
    );
  });

  it("does not load Node's fetch, which an import of node:http would", async () => {
    server.kill("SIGUSR2");
    await expect.poll(filesLoaded).toContain("NativeModule http");
    expect(await filesLoaded()).not.toContain("NativeModule internal/deps/undici/undici");
  });

  it("loads the endpoints of OAuth without their pages, and the pages with the first of them", async () => {
    const before = await filesLoaded();
    expect((await fetch(`${url}/us-east-1_Started01/.well-known/jwks.json`)).status).toBe(200);
    expect((await filesLoaded()).length).toBeGreaterThan(before.length);
    expect(await packagesLoaded()).not.toContain("preact");
    expect((await fetch(`${url}/login?client_id=startedclient`)).headers.get("content-type")).toContain(
      "html",
    );
    expect(await packagesLoaded()).toContain("preact");
    expect(await packagesLoaded()).not.toContain("@fastify/static");
  });

  it("answers all requests that arrive while their part is being loaded", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => fetch(`${url}/_cognate/clock`, { method: "GET" })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  });
});

/** Without the demo, whose calls would be part of the start. */
async function settings(folder: string): Promise<string> {
  const file = join(folder, "settings.json");
  await writeFile(file, '{ "demo": false }');
  return file;
}

/** The dependencies of this package among the packages that are in files of the bundle. */
function packagesOf(files: readonly string[], outputs: Metafile["outputs"]): string[] {
  const names = new Set(files.map((file) => basename(file)));
  const inputs = Object.entries(outputs)
    .filter(([path]) => names.has(basename(path)))
    .flatMap(([, output]) => Object.keys(output.inputs));
  const packages = inputs.flatMap((path) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  return [...new Set(packages)].filter((name) => dependencies.has(name));
}
