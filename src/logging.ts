import pino from "pino";
import type { Log } from "./log.ts";

export interface LogOptions {
  readonly level: "debug" | "info" | "warn" | "error" | "silent";
  /** Lines for people, as in `dev`, instead of JSON for programs. */
  readonly isReadable: boolean;
}

/** Writes log entries on standard error, so that standard output holds what the program says to people. */
export async function createLog({ level, isReadable }: LogOptions): Promise<Log> {
  return isReadable ? readableLog(level) : jsonLog(level);
}

async function readableLog(level: LogOptions["level"]): Promise<Log> {
  const { default: pretty } = await import("pino-pretty");
  const format = { translateTime: "SYS:HH:MM:ss", ignore: "pid,hostname", singleLine: true };
  const log: Log = pino({ level }, pretty({ ...format, destination: 2, sync: true }));
  return log;
}

function jsonLog(level: LogOptions["level"]): Log {
  return pino(
    { level, base: { name: "cognate" }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: false }),
  );
}
