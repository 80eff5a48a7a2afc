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
  /** Whether the record was in the file when it was opened. The last thousand lines are searched. */
  has(record: number): boolean;
  add(lines: readonly ReportLine[]): void;
}

/** The length of the file's end that is read: well over a thousand lines of the longest kind. */
const TAIL_BYTES = 1024 * 1024;

/** @param isResumed whether an import goes on that may have written to the file before */
export function openReport(file: string, isResumed: boolean): Report {
  if (!isResumed && existsSync(file)) rmSync(file);
  const recorded = existsSync(file) ? lastRecordsIn(file) : new Set();
  return {
    has: (record) => recorded.has(record),
    add(lines) {
      if (lines.length === 0) return;
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      appendFileSync(file, text, { mode: 0o600 });
    },
  };
}

function lastRecordsIn(file: string): Set<number> {
  const { size } = statSync(file);
  const tail = Buffer.alloc(Math.min(TAIL_BYTES, size));
  const descriptor = openSync(file, "r");
  readSync(descriptor, tail, 0, tail.length, size - tail.length);
  closeSync(descriptor);
  const records = tail
    .toString()
    .split("\n")
    .flatMap((line) => {
      try {
        return [(JSON.parse(line) as ReportLine).record];
      } catch {
        // The first line of the tail, or the last, which was being written when the program was killed: it is written again.
        return [];
      }
    });
  return new Set(records);
}
