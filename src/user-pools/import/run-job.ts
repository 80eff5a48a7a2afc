/**
 * Runs an import job in batches of rows. Each batch is one transaction with the job's counters, its position and its
 * log, so that a job that is continued neither loses nor repeats a row.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { type CsvLine, csvLines, splitRow } from "../../csv-lines.ts";
import { subsOfBatch } from "../../ids.ts";
import type { ImportFile, ImportJobRecord, Repositories, UserRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { RowFailed } from "./imported-user.ts";
import { logPartName } from "./job-log.ts";
import { activeJob } from "./jobs.ts";
import { problemWithColumns, type RowContext, userOfRow } from "./row.ts";
import { PART_BYTES, partName } from "./upload.ts";

type JobEnvironment = Pick<Environment, "store" | "clock" | "random" | "log">;

/** How long a node that has stopped answering keeps a job from the others. */
const LEASE_MILLISECONDS = 10_000;
/** How far the clocks of nodes may be apart. */
const MAX_CLOCK_DIFFERENCE_MILLISECONDS = 5 * 60_000;

/**
 * Rows of a transaction. They come in any order, so that each touches some ten pages of its own: the commit of more rows would keep
 * all other requests waiting.
 */
const ROWS_PER_BATCH = 200;
const MAX_ROWS = 500_000;
const MAX_ROW_CHARACTERS = 16_000;
/** In UTF-8 a character has four bytes at most. */
const MAX_ROW_BYTES = 4 * MAX_ROW_CHARACTERS;
/** Lines that are read before other requests get their turn: a file can be of blank ones alone. */
const LINES_PER_TURN = 100;

/** Jobs of which no user was imported by this row fail: Cognito does so after an unpublished number. */
const HOPELESS_AFTER_ROWS = 1000;

const SUCCEEDED = "Import Job Completed Successfully.";
const TOO_MANY_FAILED = "Too many users have failed or been skipped during the import.";

/**
 * Takes the job that waits to be run, if no other node has it.
 *
 * @param holder names this node
 */
export async function claimJob(
  { store, clock }: Pick<Environment, "store" | "clock">,
  holder: string,
): Promise<ImportJobRecord | undefined> {
  const now = clock.now();
  const waiting = await activeJob(store);
  if (!waiting || isHeld(waiting, holder, now)) return undefined;
  return store.transaction(async (repositories) => {
    const job = await activeJob(repositories);
    if (!job || isHeld(job, holder, now)) return undefined;
    return repositories.importJobs.update(job.poolId, job.id, (current) => ({
      ...current,
      status: "InProgress",
      lease: { holder, until: now + LEASE_MILLISECONDS },
    }));
  });
}

/** A lease that ends far ahead is of a clock that was set back since, and would keep the job for as long as it was ahead. */
function isHeld({ lease }: ImportJobRecord, holder: string, now: number): boolean {
  if (lease === undefined || lease.holder === holder) return false;
  return lease.until > now && lease.until <= now + LEASE_MILLISECONDS + MAX_CLOCK_DIFFERENCE_MILLISECONDS;
}

/** The job was stopped, or another node has taken it. */
class LostJob extends Error {}

interface Outcome {
  readonly users: readonly UserRecord[];
  /** By line: the index of its user, or why it has none. */
  readonly lines: readonly { readonly number: number; readonly result: number | string }[];
  readonly bytes: number;
}

/**
 * Runs a claimed job to its end, or until it is stopped.
 *
 * @param isStopping whether the server stops, so that the job is continued later
 * @param maxRows given only by tests
 */
export async function runJob(
  job: ImportJobRecord,
  holder: string,
  environment: JobEnvironment,
  isStopping: () => boolean,
  maxRows = MAX_ROWS,
): Promise<void> {
  const { store, log } = environment;
  const named = { poolId: job.poolId, jobId: job.id };
  try {
    const message = await importRows(job, holder, environment, isStopping, maxRows);
    if (message !== undefined) await finish(job, holder, environment, message);
  } catch (error) {
    if (error instanceof LostJob) return;
    log.error({ err: error, ...named }, "An import job failed");
    await finish(job, holder, environment, "The import job failed unexpectedly.").catch(() => undefined);
  }
  const ended = await store.importJobs.get(job.poolId, job.id);
  if (ended && ended.status !== "InProgress") {
    await store.importJobs.deleteParts(job.poolId, job.id, "file/");
    log.info(
      {
        ...named,
        status: ended.status,
        imported: ended.importedUsers,
        skipped: ended.skippedUsers,
        failed: ended.failedUsers,
      },
      "An import job has ended",
    );
  }
}

/** @returns how the job has ended; undefined when the server stops before */
async function importRows(
  job: ImportJobRecord,
  holder: string,
  environment: JobEnvironment,
  isStopping: () => boolean,
  maxRows: number,
): Promise<string | undefined> {
  const { store, random, clock } = environment;
  const { file } = job;
  const pool = await store.pools.get(job.poolId);
  if (!pool || !file) return "The user pool or the CSV file is no longer there.";

  const header = await firstLine(readFile(job, file, 0, store));
  if (header !== undefined && isTooLong(header)) {
    return `The header has more than ${MAX_ROW_CHARACTERS} characters.`;
  }
  const columns = header?.text === undefined ? [] : splitRow(header.text.replace(/^\uFEFF/, ""));
  const problem = problemWithColumns(pool, columns, job.passwordHashingAlgorithm);
  if (problem !== undefined || header === undefined) return problem ?? "The CSV file is empty.";

  let current = job;
  let { lines, bytes } = job.progress ?? { lines: 1, bytes: header.bytes };
  const rows = { pool, columns, algorithm: job.passwordHashingAlgorithm, now: clock.now() };
  const nextBatch = () => newBatch({ ...rows, newSub: subsOfBatch(random) });
  let batch = nextBatch();
  const flush = async () => {
    if (batch.lines.length === 0 && batch.bytes === 0) return;
    current = await write(current, holder, { lines, bytes, batch }, environment);
    batch = nextBatch();
  };
  for await (const line of csvLines(readFile(job, file, bytes, store), MAX_ROW_BYTES)) {
    if (lines % LINES_PER_TURN === 0) await nextTurn();
    if (lines > maxRows) {
      await flush();
      return `The CSV file has more than ${maxRows} rows.`;
    }
    lines += 1;
    bytes += line.bytes;
    batch.bytes += line.bytes;
    if (line.text?.trim() !== "") batch.add(lines, line);
    if (batch.lines.length < ROWS_PER_BATCH) continue;
    await flush();
    if (isStopping()) {
      await release(job, holder, environment);
      return undefined;
    }
    if (lines > HOPELESS_AFTER_ROWS && current.importedUsers === 0) return TOO_MANY_FAILED;
  }
  await flush();
  const hasRows = current.failedUsers + current.skippedUsers > 0;
  return hasRows && current.importedUsers === 0 ? TOO_MANY_FAILED : SUCCEEDED;
}

function newBatch(context: RowContext) {
  const users: UserRecord[] = [];
  const lines: { number: number; result: number | string }[] = [];
  return {
    users,
    lines,
    bytes: 0,
    add(number: number, line: CsvLine) {
      lines.push({ number, result: this.resultOf(line) });
    },
    resultOf(line: CsvLine): number | string {
      if (isTooLong(line)) return `The row has more than ${MAX_ROW_CHARACTERS} characters.`;
      const { text } = line;
      if (text === undefined) return "The row is not in UTF-8.";
      try {
        return users.push(userOfRow(splitRow(text), context)) - 1;
      } catch (error) {
        if (error instanceof RowFailed) return error.message;
        throw error;
      }
    },
  };
}

function isTooLong(line: CsvLine): boolean {
  return line.isTooLong || (line.text?.length ?? 0) > MAX_ROW_CHARACTERS;
}

/** Writes a batch with the job's counters and log. @throws LostJob the job is no longer this node's to run */
async function write(
  job: ImportJobRecord,
  holder: string,
  { lines, bytes, batch }: { lines: number; bytes: number; batch: Outcome },
  { store, clock, log }: JobEnvironment,
): Promise<ImportJobRecord> {
  const now = clock.now();
  const done = job.progress?.lines ?? 1;
  const { written, text } = await store.transaction(async (repositories) => {
    const current = await repositories.importJobs.get(job.poolId, job.id);
    requireHolder(current, holder);
    if ((current.progress?.lines ?? 1) !== done) throw new LostJob();
    const inserted = await repositories.users.insertMany(job.poolId, batch.users);
    const results = batch.lines.map(({ number, result }) => lineResult(number, result, inserted));
    const count = (kind: string) => results.filter((line) => line.startsWith(`[${kind}]`)).length;
    const { logParts = 0, problemParts = [] } = current.progress ?? {};
    const written: ImportJobRecord = {
      ...current,
      importedUsers: current.importedUsers + count("SUCCEEDED"),
      skippedUsers: current.skippedUsers + count("SKIPPED"),
      failedUsers: current.failedUsers + count("FAILED"),
      progress: {
        lines,
        bytes,
        logParts: logParts + 1,
        problemParts: [...problemParts, ...(count("SUCCEEDED") < results.length ? [logParts] : [])],
      },
      lease: { holder, until: now + LEASE_MILLISECONDS },
    };
    const text = results.join("\n");
    await putLog(repositories, job, logParts, text);
    await repositories.importJobs.update(job.poolId, job.id, () => written);
    return { written, text };
  });
  log.info({ poolId: job.poolId, jobId: job.id, jobName: job.name, lines: text }, "Rows of an import job");
  return written;
}

function lineResult(number: number, result: number | string, inserted: readonly boolean[]): string {
  if (typeof result === "string") return `[FAILED] Line Number ${number} - ${result}`;
  return inserted[result]
    ? `[SUCCEEDED] Line Number ${number} - The import succeeded.`
    : `[SKIPPED] Line Number ${number} - The user already exists.`;
}

function putLog({ importJobs }: Repositories, { poolId, id }: ImportJobRecord, index: number, text: string) {
  return importJobs.putPart(poolId, id, logPartName(index), Buffer.from(text));
}

function requireHolder(job: ImportJobRecord | undefined, holder: string): asserts job is ImportJobRecord {
  if (job?.status !== "InProgress" || job.lease?.holder !== holder) throw new LostJob();
}

async function finish(
  job: ImportJobRecord,
  holder: string,
  { store, clock }: JobEnvironment,
  completionMessage: string,
): Promise<void> {
  const completedAt = clock.now();
  await store.importJobs.update(job.poolId, job.id, (current) => {
    requireHolder(current, holder);
    const { lease: _, ...others } = current;
    const status = completionMessage === SUCCEEDED ? "Succeeded" : "Failed";
    return { ...others, status, completedAt, completionMessage };
  });
}

/** So that the next server need not wait for the lease to end. */
async function release(job: ImportJobRecord, holder: string, { store }: JobEnvironment): Promise<void> {
  await store.importJobs.update(job.poolId, job.id, (current) => {
    if (current.lease?.holder !== holder) return current;
    const { lease: _, ...others } = current;
    return others;
  });
}

async function firstLine(parts: AsyncIterable<Uint8Array>) {
  for await (const line of csvLines(parts, MAX_ROW_BYTES)) return line;
  return undefined;
}

/** The file from a byte on. */
async function* readFile(
  { poolId, id }: ImportJobRecord,
  { uploadId, parts }: ImportFile,
  from: number,
  { importJobs }: Pick<Repositories, "importJobs">,
): AsyncGenerator<Uint8Array> {
  const first = Math.floor(from / PART_BYTES);
  for (let index = first; index < parts; index++) {
    const part = await importJobs.getPart(poolId, id, partName(uploadId, index));
    if (!part) throw new LostJob();
    yield index === first ? part.subarray(from - first * PART_BYTES) : part;
    // A line can be as long as the file.
    await nextTurn();
  }
}
