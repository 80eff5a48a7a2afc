import pino from "pino";
import type { Log } from "./log.ts";

/** @param isReadable lines for people instead of JSON for programs */
export async function createLogWriter(level: string, isReadable: boolean): Promise<Log> {
  return isReadable ? readableLog(level) : jsonLog(level);
}

async function readableLog(level: string): Promise<Log> {
  const { default: pretty } = await import("pino-pretty");
  const format = { translateTime: "SYS:HH:MM:ss", ignore: "pid,hostname", singleLine: true };
  const log: Log = pino({ level }, pretty({ ...format, destination: 2, sync: true }));
  return log;
}

function jsonLog(level: string): Log {
  return pino(
    { level, base: { name: "cognate" }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: false }),
  );
}
