/**
 * Everything that must pass before a change lands: format and lint with import cycles, types, the bundle, the tests.
 * `npm test -- PATTERN` runs the tests whose file matches, and only them. With `--strict`, as in continuous integration, no
 * test may be skipped.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installCommand, installRequirements, missingRequirements } from "./test-requirements.ts";

const isStrict = process.argv.includes("--strict");
const patterns = process.argv.slice(2).filter((argument) => argument !== "--strict");
const report = join(mkdtempSync(join(tmpdir(), "cognate-test-")), "report.json");

const env = { ...process.env, ...(isStrict ? { TESTS_STRICT: "1" } : {}) };
/** The terminal's colors would be lost where the output of a check is kept until it ends. */
const colored = process.stdout.isTTY ? { ...env, FORCE_COLOR: "1" } : env;

function run(command, args, options) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, options);
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => output.push(chunk));
    child.on("error", failed);
    child.on("close", (status) => done({ passed: status === 0, output: Buffer.concat(output) }));
  });
}

/** Runs a check beside others. Its output is shown as a whole when it ends. */
async function check(name, command, args) {
  const started = performance.now();
  const { passed, output } = await run(command, args, { stdio: ["ignore", "pipe", "pipe"], env: colored });
  console.log(`\n▸ ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  process.stdout.write(output);
  return passed;
}

installRequirements(isStrict);

const checks = [
  check("bundle", process.execPath, ["tools/build.mjs", "--if-stale"]),
  check("bundle of the console", process.execPath, ["tools/build-console.mjs", "--if-stale"]),
];
if (patterns.length === 0)
  checks.push(
    check("types", "tsc", []),
    check("types of the console", "tsc", ["-p", "console"]),
    check("format, lint, import cycles", "biome", ["ci", "--error-on-warnings"]),
  );
let passed = (await Promise.all(checks)).every(Boolean);

console.log("\n▸ tests");
const reporters = ["default", "./tools/test-report.mjs"].map((name) => `--reporter=${name}`);
const tests = await run("vitest", ["run", ...reporters, ...patterns], {
  stdio: "inherit",
  env: { ...env, TESTS_REPORT: report },
});
passed &&= tests.passed;

try {
  const counts = JSON.parse(readFileSync(report, "utf8"));
  if (counts.skipped > 0) {
    console.log(`\n${counts.skipped} skipped`);
    const missing = missingRequirements();
    for (const { title } of missing) console.log(`  This machine has no ${title}.`);
    if (missing.length > 0) console.log(`  As root: ${installCommand(missing)}`);
    if (isStrict) passed = false;
  }
  // An error outside of any test, of the linter or of a compiler, or a skipped test in a strict run, fails the run as well.
  const failed = counts.failed === 0 && !passed ? 1 : counts.failed;
  console.log(`\n${counts.passed} passed, ${failed} failed`);
} catch {
  console.log("\n0 passed, 1 failed");
  passed = false;
}
rmSync(join(report, ".."), { recursive: true });
process.exit(passed ? 0 : 1);
