import { readdirSync, readFileSync } from "node:fs";

/** Processor time so far, in microseconds. */
export interface ProcessorTime {
  /** Of all threads. */
  readonly process: number;
  readonly mainThread: number;
}

/**
 * Of a running process, by the scheduler's count of nanoseconds in /proc; the ticks of `/proc/PID/stat` are too coarse for
 * rounds of less than a second.
 *
 * @throws Error the system has no such file
 */
export function processorTime(pid: number | undefined): ProcessorTime {
  const times = readdirSync(`/proc/${pid}/task`).map((thread) => ({
    isMain: Number(thread) === pid,
    microseconds: Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]) / 1000,
  }));
  const sum = (counted: typeof times) => counted.reduce((total, { microseconds }) => total + microseconds, 0);
  return { process: sum(times), mainThread: sum(times.filter(({ isMain }) => isMain)) };
}
