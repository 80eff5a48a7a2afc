import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { AdminInitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { build, type Metafile } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { server as serverBundle } from "../../tools/bundle.mjs";
import { type CognateProcess, startCognate } from "../support/cognate-process.ts";

/** The program is a bundle, so that all its dependencies are those of development. */
const dependencies = new Set(Object.keys(packageJson.devDependencies));

/**
 * The dependencies that a start needs. All others are loaded with their first use; see "Parts that are loaded when first used"
 * in docs/architecture.md.
 */
const LOADED_AT_START = ["fastify", "kysely", "lru-cache", "pino", "zod"];
/** The seed. */
const LOADED_FOR_THIS_TEST = ["yaml"];

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

/** Makes the code of STS and IAM unreadable. */
const withoutQueryProtocol = `
import { registerHooks } from "node:module";
registerHooks({
  load(url, context, next) {
    if (url.includes("/dist/query-protocol")) throw new Error("The file is damaged.");
    return next(url, context);
  },
});
`;

// What is loaded after the start is looked at after what the start loads.
describe("the built program", { shuffle: false }, () => {
  let folder: string;
  let server: CognateProcess;
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
    } = await build({ ...serverBundle, write: false }));
    folder = await mkdtemp(join(tmpdir(), "cognate-start-"));
    await writeFile(join(folder, "observer.mjs"), observer);
    await writeFile(join(folder, "seed.yaml"), seed);
    server = await startCognate(
      "dev",
      [
        ...["--data-dir", join(folder, "data"), "--log-level", "error"],
        // Without the demo, whose calls would be part of the start.
        ...["--seed", join(folder, "seed.yaml"), "--no-demo"],
      ],
      {
        env: {
          NODE_OPTIONS: `--import=${pathToFileURL(join(folder, "observer.mjs"))}`,
          LOADED: join(folder, "loaded"),
        },
      },
    );
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("loads only the listed packages at its start, and no other for a sign-in", async () => {
    const { AuthenticationResult } = await server.cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: "us-east-1_Started01",
        ClientId: "startedclient",
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane", PASSWORD: "Permanent-1" },
      }),
    );
    expect(AuthenticationResult?.AccessToken).toBeDefined();
    expect((await packagesLoaded()).toSorted()).toEqual(
      [...LOADED_AT_START, ...LOADED_FOR_THIS_TEST].toSorted(),
    );
  });

  it("loads none of Node's modules for fetch, TLS, HTTP/2 and Web Crypto at its start", async () => {
    server.signal("SIGUSR2");
    await expect.poll(filesLoaded).toContain("NativeModule http");
    const loaded = await filesLoaded();
    for (const module of ["internal/deps/undici/undici", "https", "http2", "internal/crypto/webcrypto"])
      expect(loaded).not.toContain(`NativeModule ${module}`);
  });

  it("loads the OAuth endpoints without the pages, and the pages with the first request to one", async () => {
    const before = await filesLoaded();
    expect((await fetch(`${server.url}/us-east-1_Started01/.well-known/jwks.json`)).status).toBe(200);
    expect((await filesLoaded()).length).toBeGreaterThan(before.length);
    expect(await packagesLoaded()).not.toContain("preact");
    expect(
      (await fetch(`${server.url}/login?client_id=startedclient`)).headers.get("content-type"),
    ).toContain("html");
    expect(await packagesLoaded()).toContain("preact");
    expect(await packagesLoaded()).not.toContain("@fastify/static");
  });

  it("answers every request that arrives while its part of the program is loaded", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => fetch(`${server.url}/_cognate/clock`)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  });
});

it("prints nothing before it is ready", { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "cognate-silent-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await startCognate("dev", ["--in-memory", "--no-demo", "--data-dir", folder], {
    // Standard error is read too, where Node writes its warnings.
    ready: /^Cognate is ready at (http:\S+)/,
  });
});

it("answers with AWS's InternalFailure if a part of the program cannot be loaded", {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "cognate-broken-"));
  const file = join(folder, "broken.mjs");
  await writeFile(file, withoutQueryProtocol);
  const server = await startCognate("dev", ["--in-memory", "--no-demo", "--data-dir", folder], {
    env: { NODE_OPTIONS: `--import=${pathToFileURL(file)}` },
  });
  const answer = await fetch(server.url, {
    method: "POST",
    body: "Action=GetCallerIdentity&Version=2011-06-15",
  });
  const requestId = answer.headers.get("x-amzn-requestid") ?? "none";
  expect([answer.status, answer.headers.get("content-type")]).toEqual([500, "text/xml"]);
  expect(await answer.text()).toMatch(
    new RegExp(`<Code>InternalFailure</Code>.*<RequestId>${requestId}</RequestId>`, "s"),
  );
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The dependencies of this package among the packages that are in files of the bundle. */
function packagesOf(files: readonly string[], outputs: Metafile["outputs"]): string[] {
  const names = new Set(files.map((file) => basename(file)));
  const inputs = Object.entries(outputs)
    .filter(([path]) => names.has(basename(path)))
    .flatMap(([, output]) => Object.keys(output.inputs));
  const packages = inputs.flatMap((path) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  return [...new Set(packages)].filter((name) => dependencies.has(name));
}
