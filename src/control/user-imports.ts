/** Imports for the console and `cognate import-users`, beyond the API: the log of a job, and imports in bulk. */
import * as z from "zod";
import type { Store } from "../storage/index.ts";
import { type ImportBatch, jobLog } from "../user-pools/index.ts";
import { BadRequest, parseBody } from "./bad-request.ts";

/** A part of a job's log: the first, or that with the number `part`. */
export async function importLog(query: URLSearchParams, store: Store) {
  const part = Number(query.get("part") ?? 0);
  return jobLog(store, { poolId: query.get("poolId") ?? "", jobId: query.get("jobId") ?? "" }, part);
}

/** Texts are bounded by the body's size; the domain refuses users with texts that are too long. */
const importBatch = z.strictObject({
  // Databases keep no text with U+0000 in it.
  id: z.string().regex(/^[^\0]{1,100}$/),
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

/** @throws BadRequest the body is no batch */
export function readBatch(body: Uint8Array): ImportBatch {
  const { data, error } = importBatch.safeParse(parseBody(body));
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw new BadRequest(
    `The body is not a batch of users: ${issue?.path.join(".") || "the whole"}: ${issue?.message}`,
  );
}
