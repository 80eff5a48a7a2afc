import pino from "pino";
import type { Log } from "./log.ts";
import { writeToStandardError } from "./standard-error.ts";

interface WriterOptions {
  readonly level: string;
  /** Lines for people instead of JSON for programs. */
  readonly isReadable: boolean;
  /** The number of this process among those of the program, if there are several. */
  readonly processNumber?: number | undefined;
}

export async function createLogWriter({ level, isReadable, processNumber }: WriterOptions): Promise<Log> {
  return isReadable ? readableLog(level) : jsonLog(level, processNumber);
}

async function readableLog(level: string): Promise<Log> {
  const { default: pretty } = await import("pino-pretty");
  const format = { translateTime: "SYS:HH:MM:ss", ignore: "pid,hostname", singleLine: true };
  const log: Log = pino({ level }, pretty({ ...format, destination: 2, sync: true }));
  return log;
}

function jsonLog(level: string, processNumber: number | undefined): Log {
  const base = { name: "cognate", ...(processNumber !== undefined && { process: processNumber }) };
  return pino({ level, base, timestamp: pino.stdTimeFunctions.isoTime }, { write: writeToStandardError });
}
