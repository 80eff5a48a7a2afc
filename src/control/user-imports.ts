/** Imports for the console and `cognate import-users`, beyond the API: the log of a job, and imports in bulk. */
import * as z from "zod";
import { holdsAtMost, isJsonObject } from "../json.ts";
import type { Store } from "../storage/index.ts";
import { type ImportBatch, jobLog } from "../user-pools/index.ts";
import { BadRequest, parseBody } from "./bad-request.ts";

/** A part of a job's log: the first, or that with the number `part`. */
export async function importLog(query: URLSearchParams, store: Store) {
  const part = Number(query.get("part") ?? 0);
  return jobLog(store, { poolId: query.get("poolId") ?? "", jobId: query.get("jobId") ?? "" }, part);
}

/** Texts are bounded by the body's size; the domain refuses users with texts that are too long. */
const record = z.union([
  z.strictObject({
    username: z.string(),
    attributes: z.record(z.string(), z.string()),
    enabled: z.boolean().optional(),
    passwordHash: z.string().optional(),
    mfaEnabled: z.string().optional(),
  }),
  z.strictObject({ username: z.string().max(128).optional(), problem: z.string().max(500) }),
]);

/** Of a record: a pool has 70 attributes at most. */
const MAX_VALUES = 200;
const MAX_RECORDS = 1000;

const batchHeader = z.strictObject({
  // Databases keep no text with U+0000 in it.
  id: z.string().regex(/^[^\0]{1,100}$/),
  source: z.string().max(300),
  totalBytes: z.int().nonnegative(),
  position: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  isLast: z.boolean(),
  isDryRun: z.boolean().optional(),
  resetsUnusableHashes: z.boolean().optional(),
});

/** @throws BadRequest the body is no batch */
export function readBatch(body: Uint8Array): ImportBatch {
  const given = parseBody(body);
  if (!isJsonObject(given)) throw notBatch("the whole", "it is not an object");
  const { users, ...others } = given;
  const header = read(batchHeader, others);
  if (!Array.isArray(users)) throw notBatch("users", "it is not a list");
  if (users.length > MAX_RECORDS) throw notBatch("users", `there are more than ${MAX_RECORDS}`);
  return {
    ...header,
    // One after the other: the first that is wrong ends it.
    users: users.map((user, index) => read(record, user, "users", index)),
  };
}

/** @throws BadRequest */
function read<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  ...place: readonly (string | number)[]
): z.infer<Schema> {
  const nameOf = (path: readonly PropertyKey[]) => [...place, ...path].join(".") || "the whole";
  if (!holdsAtMost(MAX_VALUES, value)) throw notBatch(nameOf([]), "it has too many values");
  const { data, error } = schema.safeParse(value);
  if (data !== undefined) return data;
  const [issue] = error?.issues ?? [];
  throw notBatch(nameOf(issue?.path ?? []), issue?.message ?? "it is wrong");
}

function notBatch(place: string, problem: string): BadRequest {
  return new BadRequest(`The body is not a batch of users: ${place}: ${problem}`);
}
