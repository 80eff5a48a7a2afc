/**
 * Everything that must pass before a change lands: format and lint with import cycles, types, the bundle, the tests.
 * `npm test -- PATTERN` runs the tests whose file matches, and only them.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const patterns = process.argv.slice(2);
const report = join(mkdtempSync(join(tmpdir(), "cognate-test-")), "report.json");

function step(name, command, args) {
  console.log(`\n▸ ${name}`);
  return spawnSync(command, args, { stdio: "inherit" }).status === 0;
}

let passed = true;
if (patterns.length === 0) {
  passed = step("format, lint, import cycles", "biome", ["ci", "--error-on-warnings"]) && passed;
  passed = step("types", "tsc", []) && passed;
  passed = step("types of the console", "tsc", ["-p", "console"]) && passed;
}
passed = step("bundle", process.execPath, ["tools/build.mjs", "--if-stale"]) && passed;
passed = step("bundle of the console", process.execPath, ["tools/build-console.mjs", "--if-stale"]) && passed;
passed =
  step("tests", "vitest", [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...patterns,
  ]) && passed;

try {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, "utf8"));
  // An error outside of any test, or of the linter or a compiler, fails the run as well.
  const failed = numFailedTests === 0 && !passed ? 1 : numFailedTests;
  console.log(
    `\n${numPassedTests} passed, ${failed} failed${numPendingTests > 0 ? `, ${numPendingTests} skipped` : ""}`,
  );
} catch {
  console.log("\n0 passed, 1 failed");
  passed = false;
}
rmSync(join(report, ".."), { recursive: true });
process.exit(passed ? 0 : 1);
