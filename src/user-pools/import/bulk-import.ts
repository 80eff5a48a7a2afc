/**
 * Users of other identity servers in bulk, as `cognate import-users` sends them: batches of records, in the order of their
 * source. Each batch is one transaction with the position in the source, so that an import that is resumed neither loses a
 * record nor imports one twice.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { isAffordable, parseImportedHash } from "../../crypto/index.ts";
import { subsOfBatch } from "../../ids.ts";
import type { Repositories, UserRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { requirePool } from "../pools/index.ts";
import { keepImport, newImport, sameImport } from "./bulk-state.ts";
import { type ImportContext, importedUser, RowFailed } from "./imported-user.ts";
import type { BulkImport, ImportProblem } from "./reports.ts";

/** A user of another system. */
interface UserToImport {
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The `sub` that the user keeps; a new one when undefined. */
  readonly sub?: string | undefined;
  /** Of a user who had not confirmed the sign-up, or not accepted the invitation. */
  readonly status?: "UNCONFIRMED" | "FORCE_CHANGE_PASSWORD" | undefined;
  readonly enabled?: boolean | undefined;
  /** In a text form of `src/crypto/passwords/imported-hashes.ts`. Without one the user has to reset the password. */
  readonly passwordHash?: string | undefined;
  /** `true` or `false`, as in the column `cognito:mfa_enabled` of CSV files. */
  readonly mfaEnabled?: string | undefined;
  /** The time of the import when undefined. */
  readonly createdAt?: number | undefined;
  readonly lastModifiedAt?: number | undefined;
}

/** A record of the source that could not be read as a user. */
interface UnreadableRecord {
  readonly username?: string | undefined;
  readonly problem: string;
}

export interface ImportBatch {
  /** Names the source: the same source has the same id. */
  readonly id: string;
  readonly source: string;
  readonly totalBytes: number;
  /** Of the first of these records in the source. */
  readonly position: number;
  /** Of the source, up to the end of the last of them. */
  readonly bytes: number;
  readonly isLast: boolean;
  /** Checks everything and writes nothing. */
  readonly isDryRun?: boolean | undefined;
  /** Imports users whose hash cannot be used without it, instead of refusing them. */
  readonly resetsUnusableHashes?: boolean | undefined;
  readonly users: readonly (UserToImport | UnreadableRecord)[];
}

interface BatchResult {
  readonly state: BulkImport;
  /** Of this batch. */
  readonly problems: readonly ImportProblem[];
}

/** The batch does not continue the import of its source. */
export class ImportOutOfStep extends Error {}

/** Ends the transaction of a dry run. */
class DryRun extends Error {
  readonly result: BatchResult;
  constructor(result: BatchResult) {
    super("A dry run writes nothing.");
    this.result = result;
  }
}

/**
 * Imports the users of a batch that were not imported yet.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws ImportOutOfStep the source was imported up to another position
 */
export async function importRecords(
  poolId: string,
  batch: ImportBatch,
  { store, random, clock, log }: Pick<Environment, "store" | "random" | "clock" | "log">,
): Promise<BatchResult> {
  const pool = await requirePool(store, poolId);
  const made = await usersOf(batch, { pool, newSub: subsOfBatch(random), now: clock.now() });
  try {
    const result = await store.transaction(async (repositories) => {
      const known = batch.isDryRun ? undefined : await sameImport(repositories, pool, batch.id);
      const repeated = known && resultOfRepeated(known, batch);
      if (repeated) return repeated;
      const before = known ?? newImport(batch, clock.now());
      if (!batch.isDryRun && before.position !== batch.position) throw outOfStep(before, batch);
      const result = await write(repositories, before, batch, made, clock.now());
      if (batch.isDryRun) throw new DryRun(result);
      await keepImport(repositories, pool, result.state);
      return result;
    });
    const { id, source, position, imported, skipped, failed, isFinished } = result.state;
    if (batch.position === 0 || isFinished)
      log.info(
        { poolId, id, source, position, imported, skipped, failed },
        isFinished ? "An import of users has ended" : "An import of users has begun",
      );
    return result;
  } catch (error) {
    if (error instanceof DryRun) return error.result;
    throw error;
  }
}

/**
 * The result of a batch that comes again, because its answer got lost.
 *
 * @throws ImportOutOfStep
 */
function resultOfRepeated(state: BulkImport, batch: ImportBatch): BatchResult | undefined {
  if (state.position === batch.position + batch.users.length && state.isFinished === batch.isLast) {
    return { state, problems: state.problems.filter(({ position }) => position >= batch.position) };
  }
  if (state.isFinished) throw outOfStep(state, batch);
  return undefined;
}

function outOfStep({ position }: BulkImport, batch: ImportBatch): ImportOutOfStep {
  return new ImportOutOfStep(`The import is at record ${position}, not at ${batch.position}.`);
}

async function write(
  { users }: Repositories,
  before: BulkImport,
  batch: ImportBatch,
  made: readonly (UserRecord | string)[],
  now: number,
): Promise<BatchResult> {
  const candidates = made.filter((one) => typeof one !== "string");
  const [first] = candidates;
  const inserted = first ? await users.insertMany(first.poolId, candidates) : [];
  const problems: ImportProblem[] = [];
  const counts = { imported: 0, skipped: 0, failed: 0 };
  let next = 0;
  for (const [index, one] of made.entries()) {
    if (typeof one !== "string" && inserted[next++]) {
      counts.imported += 1;
      continue;
    }
    const given = batch.users[index];
    const keepsSub = given !== undefined && "sub" in given && given.sub !== undefined;
    const reason =
      typeof one === "string" ? one : (keepsSub && (await problemWithSub(users, one))) || ALREADY_EXISTS;
    counts[reason === ALREADY_EXISTS ? "skipped" : "failed"] += 1;
    const username = given?.username;
    problems.push({ position: batch.position + index, ...(username !== undefined && { username }), reason });
  }
  const state: BulkImport = {
    ...before,
    position: batch.position + batch.users.length,
    bytes: batch.bytes,
    imported: before.imported + counts.imported,
    skipped: before.skipped + counts.skipped,
    failed: before.failed + counts.failed,
    lastAt: now,
    isFinished: batch.isLast,
    problems: lastProblems(before.problems, problems),
  };
  return { state, problems };
}

const ALREADY_EXISTS = "The user already exists.";

/** Why a user who was not inserted does not have the `sub` that was asked for; undefined when the pool has the user with it. */
async function problemWithSub(
  users: Repositories["users"],
  { poolId, sub, username }: UserRecord,
): Promise<string | undefined> {
  const owner = await users.getBySub(poolId, sub);
  if (owner === undefined) return "A user with this name or address exists and has another sub.";
  return owner.username === username ? undefined : "The sub is that of another user.";
}

/** How many problems of former batches are shown. */
const MAX_FORMER_PROBLEMS = 100;

function lastProblems(former: readonly ImportProblem[], latest: readonly ImportProblem[]) {
  const kept = Math.max(0, MAX_FORMER_PROBLEMS - latest.length);
  return kept === 0 ? latest : [...former.slice(-kept), ...latest];
}

/** Users that are made before other requests get their turn. */
const USERS_PER_TURN = 50;

async function usersOf(batch: ImportBatch, context: ImportContext): Promise<(UserRecord | string)[]> {
  const made: (UserRecord | string)[] = [];
  for (const record of batch.users) {
    made.push("problem" in record ? record.problem : userOf(record, batch, context));
    if (made.length % USERS_PER_TURN === 0) await nextTurn();
  }
  return made;
}

/** @returns the user, or why there cannot be one */
function userOf(
  { attributes, enabled = true, passwordHash, mfaEnabled = "", ...others }: UserToImport,
  { resetsUnusableHashes = false }: ImportBatch,
  context: ImportContext,
): UserRecord | string {
  const isUsable = passwordHash === undefined || isUsableHash(passwordHash);
  if (!isUsable && !resetsUnusableHashes)
    return "The password hash is of an unknown form, or checking it would cost too much.";
  try {
    return importedUser(
      {
        ...others,
        attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
        enabled,
        passwordHash: isUsable ? passwordHash : undefined,
        mfaEnabled,
      },
      context,
    );
  } catch (error) {
    if (error instanceof RowFailed) return error.message;
    throw error;
  }
}

function isUsableHash(text: string): boolean {
  const hash = parseImportedHash(text);
  return hash !== undefined && isAffordable(hash);
}
