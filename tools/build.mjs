/**
 * Bundles the program into dist/: one script that starts quickly, and chunks for what is seldom needed.
 * `--if-stale` does nothing when dist/ is newer than every source.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { commands, server } from "./bundle.mjs";

const sources = [
  "src",
  "package-lock.json",
  "tools/build.mjs",
  "tools/bundle.mjs",
  "tools/direct-imports.mjs",
  "tools/late-requires.mjs",
  "tools/no-regular-expressions.cjs",
  "tools/start-loader.mjs",
  "tools/start-script.mjs",
];

function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isStale() {
  return (
    !existsSync("dist/cognate.js") || Math.max(...sources.map(newest)) > statSync("dist/cognate.js").mtimeMs
  );
}

if (!process.argv.includes("--if-stale") || isStale()) {
  const { build } = await import("esbuild");
  for (const old of existsSync("dist") ? readdirSync("dist") : []) {
    if (old !== "console") await rm(join("dist", old), { recursive: true });
  }
  const { writeStartScript } = await import("./start-script.mjs");
  await build(commands);
  const { metafile } = await build(server);
  await writeStartScript(metafile.outputs);
}
