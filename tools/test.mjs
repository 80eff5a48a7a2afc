/**
 * Everything that must pass before a change lands: format and lint with import cycles, types, the bundle, the tests.
 * `npm test -- PATTERN` runs the tests whose file matches, and only them. With `--strict`, as in continuous integration, no
 * test may be skipped.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installCommand, installRequirements, missingRequirements } from "./test-requirements.ts";

const isStrict = process.argv.includes("--strict");
const patterns = process.argv.slice(2).filter((argument) => argument !== "--strict");
const report = join(mkdtempSync(join(tmpdir(), "cognate-test-")), "report.json");

function step(name, command, args) {
  console.log(`\n▸ ${name}`);
  const env = { ...process.env, ...(isStrict ? { COGNATE_TEST_STRICT: "1" } : {}) };
  return spawnSync(command, args, { stdio: "inherit", env }).status === 0;
}

installRequirements(isStrict);

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
  if (numPendingTests > 0) {
    console.log(`\n${numPendingTests} skipped`);
    const missing = missingRequirements();
    for (const { title } of missing) console.log(`  This machine has no ${title}.`);
    if (missing.length > 0) console.log(`  As root: ${installCommand(missing)}`);
    if (isStrict) passed = false;
  }
  // An error outside of any test, of the linter or of a compiler, or a skipped test in a strict run, fails the run as well.
  const failed = numFailedTests === 0 && !passed ? 1 : numFailedTests;
  console.log(`\n${numPassedTests} passed, ${failed} failed`);
} catch {
  console.log("\n0 passed, 1 failed");
  passed = false;
}
rmSync(join(report, ".."), { recursive: true });
process.exit(passed ? 0 : 1);
