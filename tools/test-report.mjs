/**
 * A reporter of Vitest for `npm test`: lists the ten slowest test files, so that a file that became slow is seen, and writes how many
 * tests ended how to the file TESTS_REPORT.
 */
import { writeFileSync } from "node:fs";

const SLOWEST = 10;

export default class TestReport {
  onTestRunEnd(modules) {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const count = (wanted) => states.filter((state) => state === wanted).length;
    const [passed, failed] = [count("passed"), count("failed")];
    const counts = { passed, failed, skipped: states.length - passed - failed };
    writeFileSync(process.env.TESTS_REPORT, JSON.stringify(counts));
    listSlowest(modules);
  }
}

function listSlowest(modules) {
  const files = modules
    .map((module) => {
      const { collectDuration, setupDuration, duration } = module.diagnostic();
      return {
        file: module.relativeModuleId,
        seconds: (collectDuration + setupDuration + duration) / 1000,
      };
    })
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, SLOWEST);
  if (files.length < SLOWEST) return;
  console.log("\nThe slowest test files, in seconds:");
  for (const { file, seconds } of files) console.log(`  ${seconds.toFixed(1).padStart(6)}  ${file}`);
}
