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

/** A pool has 70 attributes at most. */
const MAX_ATTRIBUTES = 200;

/** One issue, however many attributes are wrong: an issue of each would take seconds for all those that a body has room for. */
const attributes = z.custom<Readonly<Record<string, string>>>(
  (value) =>
    isJsonObject(value) &&
    Object.keys(value).length <= MAX_ATTRIBUTES &&
    Object.values(value).every((one) => typeof one === "string"),
  `expected at most ${MAX_ATTRIBUTES} texts by name`,
);

/** In milliseconds, up to the last moment that a `Date` can be. */
const moment = z.int().nonnegative().max(8_640_000_000_000_000);

/** Texts are bounded by the body's size; the domain refuses users with texts that are too long. */
const record = z.strictObject({
  username: z.string(),
  attributes,
  sub: z.string().optional(),
  status: z.enum(["UNCONFIRMED", "FORCE_CHANGE_PASSWORD"]).optional(),
  enabled: z.boolean().optional(),
  passwordHash: z.string().optional(),
  mfaEnabled: z.string().optional(),
  createdAt: moment.optional(),
  lastModifiedAt: moment.optional(),
});

const unreadable = z.strictObject({ username: z.string().max(128).optional(), problem: z.string().max(500) });

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

/**
 * Reads a batch. A record that is no user becomes one that cannot be imported, so that it fails alone.
 *
 * @throws BadRequest the body is no batch
 */
export function readBatch(body: Uint8Array): ImportBatch {
  const given = parseBody(body);
  if (!isJsonObject(given)) throw notBatch("the whole", "it is not an object");
  const { users, ...others } = given;
  if (!holdsAtMost(Object.keys(batchHeader.shape).length, others))
    throw notBatch("the whole", "it has too many values");
  const header = batchHeader.safeParse(others);
  if (header.error) throw notBatch(placeOf(header.error) || "the whole", messageOf(header.error));
  if (!Array.isArray(users)) throw notBatch("users", "it is not a list");
  if (users.length > MAX_RECORDS) throw notBatch("users", `there are more than ${MAX_RECORDS}`);
  return { ...header.data, users: users.map(readRecord) };
}

type ImportRecord = ImportBatch["users"][number];

function readRecord(value: unknown): ImportRecord {
  const isUnreadable = isJsonObject(value) && "problem" in value;
  const { data, error } = isUnreadable ? unreadable.safeParse(value) : record.safeParse(value);
  if (data !== undefined) return data;
  const username = isJsonObject(value) ? unreadable.shape.username.safeParse(value.username).data : undefined;
  const place = placeOf(error);
  const problem = `The record is not in the form of a user: ${place && `${place}: `}${messageOf(error)}`;
  return { username, problem: problem.slice(0, 500) };
}

const placeOf = ({ issues: [issue] }: z.ZodError) => (issue?.path ?? []).join(".");
const messageOf = ({ issues: [issue] }: z.ZodError) => issue?.message ?? "it is wrong";

function notBatch(place: string, problem: string): BadRequest {
  return new BadRequest(`The body is not a batch of users: ${place}: ${problem}`);
}
