/**
 * Users of other identity servers in bulk, as `cognate import-users` sends them: some at a time, in the order of its source.
 * Each batch is one transaction with the position in the source, so that an import that goes on after a break neither loses
 * a user nor doubles one.
 */
import { InvalidParameterException, ServiceException } from "../../api-model/index.ts";
import { isAffordable, parseImportedHash } from "../../crypto/index.ts";
import { newSub } from "../../ids.ts";
import type { Random } from "../../random.ts";
import type { Repositories, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { checkNewAttributes } from "../attributes/index.ts";
import type { Environment } from "../environment.ts";
import { requirePool } from "../pools/index.ts";
import { newAttributes, normalizeUsername, signInNamesOf, withUsernameAttribute } from "../users/index.ts";

/** A user as another system knew them. */
export interface UserToImport {
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly enabled?: boolean | undefined;
  /** In a text form of `src/crypto/imported-hashes.ts`. Without one the user has to reset the password. */
  readonly passwordHash?: string | undefined;
}

/** How far an import into a pool has come. */
export interface BulkImport {
  /** Names the source: the same source has the same id. */
  readonly id: string;
  readonly source: string;
  /** Users of the source that are done. */
  readonly position: number;
  /** Of the source's bytes, for a progress bar. */
  readonly bytes: number;
  readonly totalBytes: number;
  readonly imported: number;
  readonly skipped: number;
  readonly failed: number;
  readonly startedAt: number;
  readonly lastAt: number;
  readonly isFinished: boolean;
}

export interface ImportBatch {
  readonly id: string;
  readonly source: string;
  readonly totalBytes: number;
  /** Of the first of these users in the source. */
  readonly position: number;
  /** Up to the end of the last of them. */
  readonly bytes: number;
  readonly isLast: boolean;
  readonly users: readonly UserToImport[];
}

export interface BatchResult {
  readonly state: BulkImport;
  /** Users who were not imported, by their position in the source. */
  readonly problems: readonly { readonly position: number; readonly reason: string }[];
}

const nameOf = (poolId: string) => `import-users.${poolId}`;

/** The import into the pool that is under way, or the last one. */
export async function bulkImportOf(
  { installation }: Pick<Repositories, "installation">,
  poolId: string,
): Promise<BulkImport | undefined> {
  const value = await installation.get(nameOf(poolId));
  return value ? (JSON.parse(value) as BulkImport) : undefined;
}

/**
 * Imports the users of a batch that were not imported yet.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the batch does not continue what was imported of its source
 */
export async function importRecords(
  poolId: string,
  batch: ImportBatch,
  { store, random, clock }: Pick<Environment, "store" | "random" | "clock">,
): Promise<BatchResult> {
  const pool = await requirePool(store, poolId);
  const now = clock.now();
  const made = batch.users.map((user) => madeOf(user, pool, random, now));
  return store.transaction(async (repositories) => {
    const known = await bulkImportOf(repositories, poolId);
    const before = known?.id === batch.id ? known : newImport(batch, now);
    // A batch whose answer got lost comes again.
    if (before.position === batch.position + batch.users.length && before.position > 0) {
      return { state: before, problems: [] };
    }
    if (before.position !== batch.position) {
      throw new InvalidParameterException(`The import is at ${before.position}, not at ${batch.position}.`);
    }
    const users = made.filter((one): one is UserRecord => typeof one !== "string");
    const inserted = await repositories.users.insertMany(poolId, users);
    let next = 0;
    const problems = made.flatMap((one, index) => {
      const reason =
        typeof one === "string" ? one : inserted[next++] ? undefined : "The user already exists.";
      return reason === undefined ? [] : [{ position: batch.position + index, reason }];
    });
    const imported = inserted.filter(Boolean).length;
    const state: BulkImport = {
      ...before,
      position: batch.position + batch.users.length,
      bytes: batch.bytes,
      imported: before.imported + imported,
      skipped: before.skipped + users.length - imported,
      failed: before.failed + made.length - users.length,
      lastAt: now,
      isFinished: batch.isLast,
    };
    await repositories.installation.set(nameOf(poolId), JSON.stringify(state));
    return { state, problems };
  });
}

function newImport({ id, source, totalBytes }: ImportBatch, now: number): BulkImport {
  const counts = { position: 0, bytes: 0, imported: 0, skipped: 0, failed: 0 };
  return { id, source, totalBytes, ...counts, startedAt: now, lastAt: now, isFinished: false };
}

/** @returns the user, or why there cannot be one */
function madeOf(given: UserToImport, pool: UserPoolRecord, random: Random, now: number): UserRecord | string {
  const hash = given.passwordHash === undefined ? undefined : parseImportedHash(given.passwordHash);
  if (given.passwordHash !== undefined && (hash === undefined || !isAffordable(hash))) {
    return "The password hash is of an unknown form, or checking it would cost too much.";
  }
  const listed = Object.entries(given.attributes).map(([Name, Value]) => ({ Name, Value }));
  try {
    const { namedBy, attributes } = withUsernameAttribute({
      occasion: { kind: "Import" },
      pool,
      username: given.username,
      attributes: listed,
    });
    checkNewAttributes(pool, attributes, { requireRequired: true });
    const kept = newAttributes(attributes, { withFlags: true });
    const flags = ["email_verified", "phone_number_verified"].flatMap((name) =>
      given.attributes[name] ? [[name, given.attributes[name]] as const] : [],
    );
    const all = { ...kept, ...Object.fromEntries(flags) };
    const sub = newSub(random);
    const username = namedBy === undefined ? normalizeUsername(pool, given.username) : sub;
    return {
      poolId: pool.id,
      sub,
      username,
      status: given.passwordHash === undefined ? "RESET_REQUIRED" : "CONFIRMED",
      enabled: given.enabled ?? true,
      attributes: all,
      signInNames: signInNamesOf(pool, username, all),
      ...(given.passwordHash !== undefined && {
        importedPassword: { hash: given.passwordHash, importedAt: now },
      }),
      createdAt: now,
      lastModifiedAt: now,
    };
  } catch (error) {
    if (error instanceof ServiceException) return error.message.trim().replaceAll("\n", " ");
    throw error;
  }
}
