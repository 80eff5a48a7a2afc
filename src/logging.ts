import { lazy } from "./lazy.ts";
import type { Log } from "./log.ts";

const SEVERITIES = ["debug", "info", "warn", "error"] as const;

type Severity = (typeof SEVERITIES)[number];

export interface LogOptions {
  readonly level: Severity | "silent";
  /** Lines for people, as in `dev`, instead of JSON for programs. */
  readonly isReadable: boolean;
  /** The number of this process among those of the program, if there are several. */
  readonly processNumber?: number | undefined;
}

/**
 * Writes log entries on standard error, so that standard output holds what the program says to people. What writes them is loaded
 * with the first one: a start that has nothing to say does without it.
 */
export function createLog(options: LogOptions): Log {
  const { level } = options;
  const writer = lazy(async () => (await import("./log-writer.ts")).createLogWriter(options));
  const entries = (severity: Severity): Log[Severity] => {
    if (level === "silent" || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(level))
      return () => undefined;
    return (fields, message) => {
      // All entries wait for the same promise, which keeps their order.
      writer().then(
        (log) => log[severity](fields, message),
        () => process.stderr.write(`${severity}: ${message}\n`),
      );
    };
  };
  return { debug: entries("debug"), info: entries("info"), warn: entries("warn"), error: entries("error") };
}
