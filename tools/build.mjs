/**
 * Bundles the program into dist/: one file that starts quickly, and chunks for what is seldom needed.
 * `--if-stale` does nothing when dist/ is newer than every source.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { directImports } from "./direct-imports.mjs";

const sources = ["src", "package-lock.json", "tools/build.mjs", "tools/direct-imports.mjs"];

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
  await build({
    entryPoints: {
      cognate: "src/cli/main.ts",
      index: "src/create-server.ts",
      "imported-hash-thread": "src/crypto/imported-hash-thread.ts",
    },
    outdir: "dist",
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node24",
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: false,
    legalComments: "linked",
    logLevel: "warning",
    plugins: [directImports],
    // Looked up at run time by a package that can do without.
    external: ["pg-native"],
    // CommonJS packages in an ESM bundle still call require().
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
}
