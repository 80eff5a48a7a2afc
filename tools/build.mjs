/**
 * Bundles the program into dist/: one script that starts quickly, and chunks for what is seldom needed.
 * `--if-stale` does nothing when dist/ is newer than every source.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { commands, server } from "./bundle.mjs";
import { isStale } from "./stale.mjs";

const fresh = join("dist", ".new-program");

if (
  !process.argv.includes("--if-stale") ||
  isStale("dist/cognate.js", ["src", "package-lock.json"], ["tools/build.mjs"])
) {
  const { build } = await import("esbuild");
  const { writeStartScript } = await import("./start-script.mjs");
  const { switchBuild } = await import("./switch-build.mjs");
  const { writeThirdPartyLicenses } = await import("./third-party-licenses.mjs");
  rmSync(fresh, { recursive: true, force: true });
  const { metafile: ofCommands } = await build({ ...commands, outdir: fresh });
  const { metafile } = await build({ ...server, outdir: fresh });
  await writeStartScript(metafile.outputs);
  await writeThirdPartyLicenses(join(fresh, "THIRD-PARTY-LICENSES.txt"), [ofCommands, metafile]);
  await switchBuild(fresh, "dist", ["console"]);
  rmSync(join("dist", ".compile-cache"), { recursive: true, force: true });
}
