import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { switchBuild } from "../../tools/switch-build.mjs";

describe("a build", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "cognate-build-"));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function write(folder: string, files: Readonly<Record<string, string>>) {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
  }

  /** @returns the files of `dist` after a build that made these */
  async function build(files: Readonly<Record<string, string>>): Promise<string[]> {
    const fresh = join(root, "dist", ".new");
    await write(fresh, files);
    await switchBuild(fresh, join(root, "dist"), ["console"]);
    const entries = await readdir(join(root, "dist"), { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return paths.map((path) => path.slice(root.length + 6)).sort();
  }

  /** Lets a file that a build left be one that a build left more than a day ago. */
  const age = (file: string) => utimes(join(root, "dist", file), 0, 0);

  it("keeps the files of former builds for a day, and of the last one longer", async () => {
    await build({ "a.js": "1", "chunk-1.js": "" });
    await age("chunk-1.js");
    expect(await build({ "a.js": "2", "chunk-2.js": "" })).toEqual([
      ".npmignore",
      "a.js",
      "chunk-1.js",
      "chunk-2.js",
    ]);
    expect(await build({ "a.js": "3", "assets/chunk-3.js": "" })).toEqual([
      ".npmignore",
      "a.js",
      "assets/chunk-3.js",
      "chunk-1.js",
      "chunk-2.js",
    ]);
    await age("chunk-1.js");
    expect(await build({ "a.js": "4" })).toEqual([".npmignore", "a.js", "assets/chunk-3.js", "chunk-2.js"]);
    expect(await readFile(join(root, "dist", "a.js"), "utf8")).toBe("4");
  });

  it("keeps the files of former builds if it makes the same ones as the last", async () => {
    await build({ "chunk-1.js": "" });
    await build({ "chunk-2.js": "" });
    await age("chunk-1.js");
    expect(await build({ "chunk-2.js": "" })).toEqual([".npmignore", "chunk-1.js", "chunk-2.js"]);
  });

  it("makes a file of a former build its own if it has it again", async () => {
    await build({ "chunk-1.js": "" });
    await build({ "chunk-2.js": "" });
    await build({ "chunk-1.js": "" });
    await age("chunk-2.js");
    expect(await build({ "chunk-3.js": "" })).toEqual([".npmignore", "chunk-1.js", "chunk-3.js"]);
  });

  it("leaves out what somebody has deleted", async () => {
    await build({ "chunk-1.js": "" });
    await build({ "chunk-2.js": "" });
    await rm(join(root, "dist", "chunk-1.js"));
    expect(await build({ "chunk-3.js": "" })).toEqual([".npmignore", "chunk-2.js", "chunk-3.js"]);
  });

  it("leaves files alone that another build made in the same folder", async () => {
    await write(join(root, "dist"), { "console/index.html": "", ".compile-cache/a": "" });
    await build({ "chunk-1.js": "" });
    await build({ "chunk-2.js": "" });
    await age("chunk-1.js");
    await age("console/index.html");
    expect(await build({ "chunk-3.js": "" })).toEqual([
      ".compile-cache/a",
      ".npmignore",
      "chunk-2.js",
      "chunk-3.js",
      "console/index.html",
    ]);
  });

  it("has only its own files in a package", async () => {
    await write(root, {
      "package.json": JSON.stringify({ name: "p", version: "1.0.0", files: ["dist"] }),
      "dist/console/chunk-1.js": "",
    });
    await build({ "chunk-1.js": "", "assets/chunk-1.js": "" });
    await build({ "chunk-2.js": "" });
    const { stdout } = await promisify(execFile)("npm", ["pack", "--json", "--dry-run"], { cwd: root });
    const packed = JSON.parse(stdout);
    const [{ files }] = Array.isArray(packed) ? packed : Object.values(packed);
    expect(files.map(({ path }: { path: string }) => path).sort()).toEqual([
      "dist/chunk-2.js",
      "dist/console/chunk-1.js",
      "package.json",
    ]);
  });
});
