/** The processes that a run starts. All end with the run, even when it fails. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

export interface Child {
  readonly process: ChildProcess;
  /** Asks the process to end, kills it after a timeout, and waits until it has ended. */
  stop(): Promise<void>;
  /** Resident memory in MiB; undefined where the system does not tell in /proc. */
  residentMiB(): number | undefined;
  /** Processor time so far, in seconds; undefined where the system does not tell in /proc. */
  processorSeconds(): number | undefined;
}

const PATIENCE_MILLISECONDS = 5000;
const CLOCK_TICKS_PER_SECOND = 100;

const children = new Set<ChildProcess>();

process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));

export function adopt(child: ChildProcess): Child {
  children.add(child);
  child.on("exit", () => children.delete(child));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    process: child,
    async stop() {
      if (hasEnded()) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MILLISECONDS);
      await ended;
      clearTimeout(force);
    },
    residentMiB() {
      const kib = /^VmRSS:\s+(\d+) kB/m.exec(procFile(child, "status") ?? "")?.[1];
      return kib === undefined ? undefined : Number(kib) / 1024;
    },
    processorSeconds() {
      // Fields 14 and 15 of proc(5), counted from the state, field 3, which follows the name in parentheses.
      const fields = procFile(child, "stat")
        ?.replace(/^.*\) /s, "")
        .split(" ");
      return fields && (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
    },
  };
}

function procFile(child: ChildProcess, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${child.pid}/${name}`, "utf8");
  } catch {
    return undefined;
  }
}
