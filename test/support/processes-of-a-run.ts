import { readdirSync, readFileSync } from "node:fs";

export interface ProcessOfRun {
  readonly pid: number;
  readonly command: string;
}

/**
 * The processes that a run's workers, its tests or the product started: those that inherited the run's folder for temporary files,
 * also after the end of their parent. Not this process and its own children, such as the workers. None where there is no /proc.
 */
export function processesOfRun(temporaryFolder: string): ProcessOfRun[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && isOfRun(pid, temporaryFolder))
    .map((pid) => ({ pid, command: read(pid, "cmdline").replaceAll("\0", " ").trim() }));
}

function isOfRun(pid: number, temporaryFolder: string): boolean {
  const isMarked = read(pid, "environ").split("\0").includes(`TMPDIR=${temporaryFolder}`);
  return isMarked && !new RegExp(`^PPid:\\t${process.pid}$`, "m").test(read(pid, "status"));
}

/** @returns nothing if the process has ended or is another user's */
function read(pid: number, file: "environ" | "cmdline" | "status"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
