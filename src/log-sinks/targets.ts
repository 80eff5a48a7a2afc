import { constants } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { codeOf } from "../code-of.ts";
import type { Log } from "../log.ts";
import type { LogRecord, LogTarget } from "./index.ts";

const TIMEOUT_MILLISECONDS = 5_000;

/**
 * Sends records to a target.
 *
 * @throws if not all of them are known to be taken. They are then sent again, so that the target can get some of them twice.
 */
export async function deliverBatch(
  target: LogTarget,
  arn: string,
  records: readonly LogRecord[],
  log: Log,
): Promise<void> {
  if (target === "log") return logAll(arn, records, log);
  if ("file" in target) return append(target.file, records);
  if ("folder" in target) {
    for (const [name, ofDay] of Map.groupBy(records, dayFileOf))
      await append(join(target.folder, name), ofDay);
    return;
  }
  await post(target, arn, records);
}

function logAll(arn: string, records: readonly LogRecord[], log: Log): void {
  for (const { level, content } of records) {
    const fields = { destination: arn, record: content };
    if (level === "ERROR") log.error(fields, "A log record");
    else log.info(fields, "A log record");
  }
}

/** A folder for each pool, a file for each day in UTC. */
function dayFileOf({ poolId, at }: LogRecord): string {
  return join(poolId, `${new Date(at).toISOString().slice(0, 10)}.jsonl`);
}

/** A named pipe that nobody reads fails, in place of a wait without end; Windows has neither. */
const APPENDING = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

/** Opens the file each time, so that it can be moved away. */
async function append(file: string, records: readonly LogRecord[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const opened = await open(file, APPENDING, 0o600);
  try {
    await writeAll(opened, Buffer.from(linesOf(records)));
  } finally {
    await opened.close();
  }
}

const TRY_AGAIN_MILLISECONDS = 20;
const MAX_TRIES = TIMEOUT_MILLISECONDS / TRY_AGAIN_MILLISECONDS;

/** A pipe holds 64 KiB. While it is full, its reader has time to read some of it. */
async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  let rest = bytes;
  let triesLeft = MAX_TRIES;
  while (rest.length > 0) {
    try {
      const { bytesWritten } = await file.write(rest);
      rest = rest.subarray(bytesWritten);
      triesLeft = MAX_TRIES;
    } catch (error) {
      if (codeOf(error) !== "EAGAIN" || --triesLeft < 0) throw error;
      await setTimeout(TRY_AGAIN_MILLISECONDS);
    }
  }
}

async function post(
  { url, headers }: Extract<LogTarget, { url: string }>,
  arn: string,
  records: readonly LogRecord[],
): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      ...headers,
      "content-type": "application/x-ndjson",
      "x-cognate-log-destination": encodeURI(arn),
    },
    body: linesOf(records),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  // Unread, an answer keeps its connection busy.
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The sink answered with status ${response.status}.`);
}

function linesOf(records: readonly LogRecord[]): string {
  return records.map(({ content }) => `${JSON.stringify(content)}\n`).join("");
}
