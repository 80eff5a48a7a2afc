/** A line of the log of an import job, as AWS writes it. */
export interface LogLine {
  readonly result: "SUCCEEDED" | "SKIPPED" | "FAILED";
  /** Of the file; the header is the first. */
  readonly number: number;
  readonly reason: string;
}

/** `[FAILED] Line Number 4 - The user already exists.` @returns undefined for another text */
export function readLogLine(text: string): LogLine | undefined {
  const [, result, number, reason = ""] =
    /^\[(SUCCEEDED|SKIPPED|FAILED)\] Line Number (\d+) - (.*)$/.exec(text) ?? [];
  return result === undefined
    ? undefined
    : { result: result as LogLine["result"], number: Number(number), reason };
}
