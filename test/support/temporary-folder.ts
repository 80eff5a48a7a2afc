import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** Makes an empty folder, which goes with the test that is running. @returns its path */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cognate-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Node's compile cache, which npm turns on, and files of Chromium, which now and then leaves one when it ends. */
const OF_PROGRAMS = /^(node-compile-cache$|\.org\.chromium\.)/;

/** How long what ended with a worker, such as a browser, may take to remove its files. */
const SLOWEST_REMOVAL_MILLISECONDS = 5_000;

/**
 * For the global set-up: gives the processes of a run one folder for all temporary files.
 *
 * @returns removes it. Throws if the run left something in it, since a test or the product forgot to remove that.
 */
export function ownTemporaryFolder(): () => Promise<void> {
  // Short, since paths of sockets can have about 100 characters.
  const folder = mkdtempSync(join(tmpdir(), "cognate-"));
  // Postgres, which does not run as root, has its own folder in it.
  chmodSync(folder, 0o711);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  return async () => {
    const leftBehind = () => readdirSync(folder).filter((name) => !OF_PROGRAMS.test(name));
    const deadline = performance.now() + SLOWEST_REMOVAL_MILLISECONDS;
    while (leftBehind().length > 0 && performance.now() < deadline) await delay(100);
    const left = leftBehind();
    rmSync(folder, { recursive: true, force: true });
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    if (left.length > 0) throw new Error(`The tests left temporary files behind: ${left.join(", ")}`);
  };
}
