import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startCognate } from "../support/cognate-process.ts";

/** Notes whether V8 took the compiled code of a script: `undefined` where there was none. */
const observer = `
import vm from "node:vm";
import { appendFileSync } from "node:fs";
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    if (options.cachedData !== undefined) appendFileSync(process.env.NOTES, this.cachedDataRejected ? "rejected " : "used ");
  }
  createCachedData() {
    appendFileSync(process.env.NOTES, "compiled ");
    return super.createCachedData();
  }
};
`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cognate-compiled-"));
  await cp("package.json", join(folder, "package.json"));
  await cp("bin", join(folder, "bin"), { recursive: true });
  await cp("dist", join(folder, "dist"), {
    recursive: true,
    filter: (path) => !/\.compile-cache$|console$/.test(path),
  });
  await writeFile(join(folder, "observer.mjs"), observer);
  await writeFile(join(folder, "notes"), "");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function startHere() {
  return startCognate("dev", ["--in-memory", "--no-demo", "--data-dir", join(folder, "data")], {
    file: join(folder, "bin", "cognate.mjs"),
    env: {
      NODE_OPTIONS: `--import=${pathToFileURL(join(folder, "observer.mjs"))}`,
      NOTES: join(folder, "notes"),
    },
  });
}

/** The file with the compiled code of the start, which is there some time after the start. */
async function compiledCode() {
  const cache = join(folder, "dist", ".compile-cache");
  const name = (await readdir(cache)).find((each) => /^start-.*\.cjs-v[\d.]+-\w+$/.test(each));
  if (name === undefined) throw new Error("It is not there yet.");
  const file = join(cache, name);
  const { mode, size } = await stat(file);
  return { file, mode, size };
}

const written = { timeout: 20_000 };

it("stores what the first start compiled, readable by its owner alone, and uses it in the next one", {
  timeout: 60_000,
}, async () => {
  const first = await startHere();
  await expect.poll(() => compiledCode(), written).toMatchObject({ mode: 0o100600 });
  await first.stop();
  await startHere();
  expect(await readFile(join(folder, "notes"), "utf8")).toBe("compiled used ");
});

it("runs where compiled code cannot be stored", { timeout: 60_000 }, async () => {
  await writeFile(join(folder, "dist", ".compile-cache"), "a file in the folder's place");
  const server = await startHere();
  await expect.poll(() => readFile(join(folder, "notes"), "utf8"), written).toBe("compiled ");
  expect((await fetch(`${server.url}/_cognate/ready`)).status).toBe(200);
  expect(await server.stop("SIGTERM")).toBe(0);
});

it("starts with compiled code that is truncated, and replaces it", { timeout: 60_000 }, async () => {
  const first = await startHere();
  await expect.poll(() => compiledCode(), written).toBeDefined();
  await first.stop();
  const { file, size } = await compiledCode();
  await truncate(file, size / 2);
  const second = await startHere();
  expect(await readFile(join(folder, "notes"), "utf8")).toMatch(/^compiled rejected /);
  await expect.poll(async () => (await compiledCode()).size, written).toBeGreaterThan(size / 2);
  await second.stop();
});
