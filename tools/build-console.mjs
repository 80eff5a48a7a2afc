/**
 * Builds the console into dist/console, with compressed copies beside each file.
 * `--if-stale` does nothing when it is newer than every source.
 */
import { readdirSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { isStale } from "./stale.mjs";

const output = join("dist", "console");
const fresh = join("dist", ".new-console");

async function compress(path) {
  const content = await readFile(path);
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, brotli));
}

if (
  !process.argv.includes("--if-stale") ||
  isStale(join(output, "index.html"), ["package-lock.json"], ["console", "tools/build-console.mjs"])
) {
  // A test that starts this sets another one, with which Vite takes the development build of React.
  process.env.NODE_ENV = "production";
  const { build } = await import("vite");
  const { switchBuild } = await import("./switch-build.mjs");
  rmSync(fresh, { recursive: true, force: true });
  await build({
    configFile: join("console", "vite.config.ts"),
    logLevel: "warn",
    build: { outDir: resolve(fresh) },
  });
  const files = readdirSync(fresh, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|css|html|svg|txt)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  await Promise.all(files.map(compress));
  await switchBuild(fresh, output);
}
