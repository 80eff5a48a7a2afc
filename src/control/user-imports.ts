/** Imports for the console and `cognate import-users`, beyond the API: the log of a job, and imports in bulk. */
import * as z from "zod";
import type { Store } from "../storage/index.ts";
import { type BulkImport, bulkImportsOf, type ImportBatch, jobLog } from "../user-pools/index.ts";

/** A part of a job's log: the first, or that with the number `part`. */
export async function importLog(query: URLSearchParams, store: Store) {
  const part = Number(query.get("part") ?? 0);
  return jobLog(store, { poolId: query.get("poolId") ?? "", jobId: query.get("jobId") ?? "" }, part);
}

export interface UserImports {
  /** Users whose password is a hash of another system, because they have not signed in with it yet: they cannot use SRP. */
  readonly importedPasswords: number;
  /** The last imports in bulk, the newest first. */
  readonly bulk: readonly BulkImport[];
}

/** @returns undefined when there is no such pool */
export async function userImports(poolId: string, store: Store): Promise<UserImports | undefined> {
  const pool = await store.pools.get(poolId);
  if (pool === undefined) return undefined;
  return {
    importedPasswords: await store.users.countImportedPasswords(poolId),
    bulk: await bulkImportsOf(store, pool),
  };
}

/** Texts are bounded by the body's size; the domain refuses the users for whom they are too long. */
const importBatch = z.strictObject({
  id: z.string().min(1).max(100),
  source: z.string().max(300),
  totalBytes: z.int().nonnegative(),
  position: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  isLast: z.boolean(),
  isDryRun: z.boolean().optional(),
  resetsUnusableHashes: z.boolean().optional(),
  users: z
    .array(
      z.union([
        z.strictObject({
          username: z.string(),
          attributes: z.record(z.string(), z.string()),
          enabled: z.boolean().optional(),
          passwordHash: z.string().optional(),
          mfaEnabled: z.string().optional(),
        }),
        z.strictObject({ username: z.string().max(128).optional(), problem: z.string().max(500) }),
      ]),
    )
    .max(1000),
});

/** @returns the batch, or why the body is none */
export function readBatch(body: Uint8Array): ImportBatch | string {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString());
  } catch {
    return "The body is not JSON.";
  }
  const { data, error } = importBatch.safeParse(value);
  const [issue] = error?.issues ?? [];
  return (
    data ?? `The body is not a batch of users: ${issue?.path.join(".") || "the whole"}: ${issue?.message}`
  );
}
