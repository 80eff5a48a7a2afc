/**
 * Whether this machine has what some tests need and npm cannot bring. A test that needs what is missing is skipped; in a
 * strict run (`npm test -- --strict`) it runs and fails.
 */
import { inject, TestRunner } from "vitest";
import { isInstalled, type RequirementName, requirements } from "../../tools/test-requirements.ts";

/** For `describe.skipIf` and `it.skipIf`. @returns false in a strict run */
export function isMissing(name: RequirementName | "awsCli"): boolean {
  if (process.env.TESTS_STRICT === "1") return false;
  return name === "awsCli" ? !inject("hasAwsCli") : !isInstalled(requirements[name]);
}

/** Skips the test that is running if this machine does not have what it needs. */
export function need(name: RequirementName | "awsCli"): void {
  if (isMissing(name)) TestRunner.getCurrentTest()?.context.skip(`${name} is not on this machine`);
}
