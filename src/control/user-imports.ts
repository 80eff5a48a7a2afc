/** What the console and `cognate import-users` need of imports beyond the API: the log of a job, and imports in bulk. */
import * as z from "zod";
import type { Store } from "../storage/index.ts";
import { type BulkImport, bulkImportOf, type ImportBatch, jobLog } from "../user-pools/index.ts";

/** A part of a job's log: the first, or that with the number `part`. */
export async function importLog(query: URLSearchParams, store: Store) {
  const part = Number(query.get("part") ?? 0);
  return jobLog(store, { poolId: query.get("poolId") ?? "", jobId: query.get("jobId") ?? "" }, part);
}

/** How many users have a password from another system that they have not signed in with yet, and the import in bulk. */
export async function userImports(
  poolId: string,
  store: Store,
): Promise<{ importedPasswords: number; bulk: BulkImport | null }> {
  return {
    importedPasswords: await store.users.countImportedPasswords(poolId),
    bulk: (await bulkImportOf(store, poolId)) ?? null,
  };
}

const importBatch = z.strictObject({
  id: z.string().min(1).max(100),
  source: z.string().max(300),
  totalBytes: z.int().nonnegative(),
  position: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  isLast: z.boolean(),
  users: z
    .array(
      z.strictObject({
        username: z.string().max(128),
        attributes: z.record(z.string(), z.string().max(2048)),
        enabled: z.boolean().optional(),
        passwordHash: z.string().max(2048).optional(),
      }),
    )
    .max(1000),
});

/** @returns undefined when the body is no batch */
export function readBatch(body: Uint8Array): ImportBatch | undefined {
  try {
    return importBatch.safeParse(JSON.parse(Buffer.from(body).toString())).data;
  } catch {
    return undefined;
  }
}
