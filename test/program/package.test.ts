import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createServer } from "../../src/create-server.ts";

const run = promisify(execFile);

describe("the package that npm pack makes", () => {
  let folder: string;
  let archive: string;
  let files: string[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cognate-package-"));
    // Without the build of `prepack`: `npm test` has just built both bundles.
    const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder]);
    const packed = JSON.parse(stdout);
    const [{ filename, files: list }] = Array.isArray(packed) ? packed : Object.values(packed);
    files = list.map(({ path }: { path: string }) => path);
    await writeFile(join(folder, "package.json"), JSON.stringify({ name: "app", type: "module" }));
    archive = join(folder, filename);
    await run("npm", ["install", "--offline", "--no-audit", "--no-fund", archive], { cwd: folder });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("contains the program, the console and the documentation, and no sources", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        "bin/cognate.mjs",
        "dist/cognate.js",
        "dist/index.js",
        "dist/console/index.html",
        "README.md",
      ]),
    );
    expect(files.filter((path) => /^(src|test|console|bench)\/|\.test\.|compile-cache/.test(path))).toEqual(
      [],
    );
  });

  it.each([
    ["dist/THIRD-PARTY-LICENSES.txt", ["fastify", "kysely", "nodemailer", "pg", "@aws-sdk/client-lambda"]],
    ["dist/console/THIRD-PARTY-LICENSES.md", ["react", "@cloudscape-design/components"]],
  ])("contains the licences of the packages in its bundles: %s", async (name, packages) => {
    const text = await readFile(join(folder, "node_modules/cognate", name), "utf8");
    for (const each of packages) {
      expect(text).toMatch(new RegExp(`^(?:## )?${each}[ ]`, "m"));
    }
    expect(text).toContain("Permission is hereby granted, free of charge");
    expect(text).toContain("Apache License");
  });

  it("contains the production build of React", async () => {
    const name = files.find((path) => /^dist\/console\/assets\/react-.*\.js$/.test(path)) ?? "";
    const script = await readFile(join(folder, "node_modules/cognate", name), "utf8");
    expect(script).not.toContain("Check the render method of");
  });

  it("needs no other package", () => {
    expect(existsSync(join(folder, "node_modules", "cognate"))).toBe(true);
    expect(existsSync(join(folder, "node_modules", "fastify"))).toBe(false);
  });

  it("runs by npx cognate", async () => {
    const { stdout } = await run("npx", ["--offline", "cognate", "version"], { cwd: folder });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("names the Node version that it needs when it runs on an older one", async () => {
    const old = `Object.defineProperty(process.versions, "node", { value: "20.20.2" }); await import(${JSON.stringify(
      join(folder, "node_modules/cognate/bin/cognate.mjs"),
    )});`;
    const attempt = run(process.execPath, ["--input-type=module", "--eval", old], { cwd: folder });
    await expect(attempt).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^cognate needs Node\.js 24 or newer; this is v\S+\. In a project, npm install .+\n$/,
      ),
    });
  });

  it("names the Node version that it needs when it is imported on an older one", async () => {
    const old = `Object.defineProperty(process.versions, "node", { value: "20.20.2" }); await import("cognate");`;
    await writeFile(join(folder, "old.mjs"), old);
    await expect(run(process.execPath, ["old.mjs"], { cwd: folder })).rejects.toMatchObject({
      stderr: expect.stringMatching(/Error: cognate needs Node\.js 24 or newer; this is v\S+\.\n/),
    });
  });

  it.each([
    ["bun", "Bun 1.4.5"],
    ["deno", "Deno 1.4.5"],
  ])("says in %s that it needs Node", async (name, runtime) => {
    await writeFile(
      join(folder, "other.mjs"),
      `Object.defineProperty(process, "versions", { value: { ...process.versions, ${name}: "1.4.5" } });
       await import(process.argv[2]);`,
    );
    const message = `cognate needs Node.js 24 or newer; this is ${runtime}.`;
    for (const file of ["index.mjs", "cognate.mjs"]) {
      const path = join(folder, "node_modules/cognate/bin", file);
      await expect(run(process.execPath, ["other.mjs", path], { cwd: folder })).rejects.toMatchObject({
        stderr: expect.stringContaining(message),
      });
    }
  });

  it("starts a server in a program that requires it", async () => {
    await writeFile(
      join(folder, "app.cjs"),
      `const { createServer } = require("cognate");
       createServer().then((server) => server.stop()).then(() => console.log("stopped"));`,
    );
    const { stdout } = await run(process.execPath, ["app.cjs"], { cwd: folder });
    expect(stdout).toBe("stopped\n");
  });

  it("has types for programs that import it and for programs that require it", async () => {
    await writeFile(
      join(folder, "imports.mts"),
      `import { createServer, type Server } from "cognate";
       const server: Server = await createServer({ seed: "seed.yaml" });
       // @ts-expect-error
       await createServer({ sed: server.url });`,
    );
    await writeFile(
      join(folder, "requires.cts"),
      `import cognate = require("cognate");
       cognate.createServer().then((server: cognate.Server) => server.stop());`,
    );
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--types", ""];
    const tsc = resolve("node_modules/typescript/bin/tsc");
    await run(process.execPath, [tsc, ...options, "imports.mts", "requires.cts"], { cwd: folder });
  });

  // TypeScript reads no `exports` under `moduleResolution: node10`, which its current version no longer has.
  it("names the same module and types to tools that do not know exports", async () => {
    const { main, types, exports } = JSON.parse(await readFile("package.json", "utf8"));
    expect({ types, default: main }).toEqual(exports["."]);
  });

  it("runs from the archive in which Yarn keeps it", async () => {
    const project = join(folder, "yarn");
    await mkdir(project);
    await writeFile(join(project, "package.json"), JSON.stringify({ name: "app" }));
    await writeFile(join(project, "yarn.lock"), "");
    await writeFile(
      join(project, "app.cjs"),
      `const { createServer } = require("cognate");
       createServer().then((server) => server.stop()).then(() => console.log("stopped"));`,
    );
    const yarn = (...args: string[]) =>
      run(process.execPath, [resolve("test/binaries/node_modules/@yarnpkg/cli-dist/bin/yarn.js"), ...args], {
        cwd: project,
        env: { ...process.env, YARN_ENABLE_TELEMETRY: "0", YARN_GLOBAL_FOLDER: join(folder, "yarn-global") },
      });
    await yarn("add", `cognate@file:${archive}`);
    expect((await yarn("node", "app.cjs")).stdout).toBe("stopped\n");
  });

  it("starts a server in a program that imports it", async () => {
    await writeFile(
      join(folder, "app.js"),
      `import { createServer } from "cognate";
       const server = await createServer({ demo: true });
       const { issuer } = await (await fetch(server.issuerOf("us-east-1_DemoPool1") + "/.well-known/openid-configuration")).json();
       console.log(issuer === server.issuerOf("us-east-1_DemoPool1"));
       await server.stop();`,
    );
    const { stdout } = await run(process.execPath, ["app.js"], { cwd: folder });
    expect(stdout).toBe("true\n");
  });
});

describe("createServer", () => {
  it("rejects a wrong option and names it", async () => {
    await expect(createServer({ fixedCode: "12" })).rejects.toThrow("fixedCode must be six digits");
    await expect(createServer({ prot: 1 } as object)).rejects.toThrow("there is no setting prot");
  });

  it("has a movable clock and an administrator, and stops completely", async () => {
    const server = await createServer();
    const before = server.clock.now();
    server.clock.advance(3_600_000);
    expect(server.clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
    server.clock.reset();
    const client = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: server.administrator,
    });
    expect((await client.send(new ListUserPoolsCommand({ MaxResults: 1 }))).UserPools).toEqual([]);
    client.destroy();
    await server.stop();
    await expect(fetch(server.url)).rejects.toThrow();
  });
});
