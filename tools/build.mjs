/**
 * Bundles the program into dist/: one script that starts quickly, and chunks for what is seldom needed.
 * `--if-stale` does nothing when dist/ is newer than every source.
 */
import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { commands, server } from "./bundle.mjs";
import { isStale } from "./stale.mjs";

if (
  !process.argv.includes("--if-stale") ||
  isStale("dist/cognate.js", ["src", "package-lock.json"], ["tools/build.mjs"])
) {
  const { build } = await import("esbuild");
  for (const old of existsSync("dist") ? readdirSync("dist") : []) {
    if (old !== "console") await rm(join("dist", old), { recursive: true });
  }
  const { writeStartScript } = await import("./start-script.mjs");
  const { writeThirdPartyLicenses } = await import("./third-party-licenses.mjs");
  const { metafile: ofCommands } = await build(commands);
  const { metafile } = await build(server);
  await writeStartScript(metafile.outputs);
  await writeThirdPartyLicenses(join("dist", "THIRD-PARTY-LICENSES.txt"), [ofCommands, metafile]);
}
