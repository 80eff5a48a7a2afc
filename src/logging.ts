import pino from "pino";
import type { Log } from "./log.ts";

/** Writes log entries as lines of JSON on standard error, so that standard output holds what the program says to people. */
export function createLog(level: "debug" | "info" | "warn" | "error" | "silent"): Log {
  return pino(
    { level, base: { name: "cognate" }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: false }),
  );
}
