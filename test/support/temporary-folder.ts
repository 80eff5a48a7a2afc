import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { processesOfRun } from "./processes-of-a-run.ts";

/** Makes an empty folder, which goes with the test that is running. @returns its path */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cognate-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/**
 * Node's compile cache, which npm turns on, and files of Chromium, which now and then leaves one when it ends. And those of
 * Playwright: Vitest kills a worker that has not ended after half a second, which is too short to close a browser on a busy machine.
 */
const OF_PROGRAMS = /^(node-compile-cache$|\.org\.chromium\.|playwright[-_])/;

/** How long what ends with a worker, such as a browser, may take. */
const SLOWEST_END_MILLISECONDS = 30_000;

/**
 * For the global set-up: gives the processes of a run one folder for all temporary files.
 *
 * @returns removes it. Throws if the run left a process or a file in it, since a test or the product forgot to end or remove that.
 */
export function ownTemporaryFolder(): () => Promise<void> {
  // Short, since paths of sockets can have about 100 characters.
  const folder = mkdtempSync(join(tmpdir(), "cognate-"));
  // Postgres, which does not run as root, has its own folder in it.
  chmodSync(folder, 0o711);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  return async () => {
    const runningProcesses = () => processesOfRun(folder);
    const leftFiles = () => readdirSync(folder).filter((name) => !OF_PROGRAMS.test(name));
    const deadline = performance.now() + SLOWEST_END_MILLISECONDS;
    while (runningProcesses().length + leftFiles().length > 0 && performance.now() < deadline)
      await delay(100);
    const processes = runningProcesses();
    for (const { pid } of processes) kill(pid);
    const files = leftFiles();
    rmSync(folder, { recursive: true, force: true });
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    const left = [...processes.map(({ command }) => command), ...files];
    if (left.length > 0)
      throw new Error(`The tests left processes or temporary files behind: ${left.join(", ")}`);
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
