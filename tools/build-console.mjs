/**
 * Builds the console into dist/console, with compressed copies beside each file.
 * `--if-stale` does nothing when it is newer than every source.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const sources = ["console", "package-lock.json", "tools/build-console.mjs"];
const output = join("dist", "console");

function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isStale() {
  const page = join(output, "index.html");
  return !existsSync(page) || Math.max(...sources.map(newest)) > statSync(page).mtimeMs;
}

async function compress(path) {
  const content = await readFile(path);
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, brotli));
}

if (!process.argv.includes("--if-stale") || isStale()) {
  const { build } = await import("vite");
  await build({ configFile: join("console", "vite.config.ts"), logLevel: "warn" });
  const files = readdirSync(output, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|css|html|svg|txt)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  await Promise.all(files.map(compress));
}
