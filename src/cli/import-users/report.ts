/** The file that says of each record that was not imported why. A line of JSON for each, so that scripts can read it. */
import { appendFileSync, closeSync, existsSync, openSync, readSync, rmSync, statSync } from "node:fs";

export interface ReportLine {
  /** Counted from 1, over all files. */
  readonly record: number;
  readonly where: string;
  readonly username?: string | undefined;
  readonly reason: string;
}

export interface Report {
  /** The last record that the file contained when it was opened; 0 for none. */
  readonly lastRecord: number;
  add(lines: readonly ReportLine[]): void;
}

/** The length of the file's end that is searched for the last line. */
const TAIL_BYTES = 64 * 1024;

/** @param isResumed whether an import goes on that may have written to the file before */
export function openReport(file: string, isResumed: boolean): Report {
  if (!isResumed && existsSync(file)) rmSync(file);
  return {
    lastRecord: existsSync(file) ? lastRecordIn(file) : 0,
    add(lines) {
      if (lines.length === 0) return;
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      appendFileSync(file, text, { mode: 0o600 });
    },
  };
}

function lastRecordIn(file: string): number {
  const { size } = statSync(file);
  const tail = Buffer.alloc(Math.min(TAIL_BYTES, size));
  const descriptor = openSync(file, "r");
  readSync(descriptor, tail, 0, tail.length, size - tail.length);
  closeSync(descriptor);
  for (const line of tail.toString().split("\n").reverse()) {
    try {
      return (JSON.parse(line) as ReportLine).record;
    } catch {
      // The line that was being written when the program was killed; it is written again, whole.
    }
  }
  return 0;
}
