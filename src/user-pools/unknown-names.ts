/**
 * What is counted against names that no user has. App clients that hide the existence of users limit such names as they limit
 * users, so that a limit does not tell which users exist.
 */
import { hash } from "node:crypto";
import type { Store, UnknownNameCounts, UserPoolRecord } from "../storage/index.ts";
import type { Environment } from "./environment.ts";
import { normalizeUsername } from "./users/index.ts";

/** As long as attempts of users count; failed sign-ins count for less. */
const KEPT_MILLISECONDS = 60 * 60 * 1000;

export function unknownNameCounts(
  store: Store,
  pool: UserPoolRecord,
  name: string,
): Promise<UnknownNameCounts> {
  return store.unknownNames.get(idOf(pool, name));
}

/** @param change pure; what it throws leaves the counts as they are */
export async function changeUnknownName(
  { store, clock }: Pick<Environment, "store" | "clock">,
  pool: UserPoolRecord,
  name: string,
  change: (counts: UnknownNameCounts) => UnknownNameCounts,
): Promise<void> {
  await store.unknownNames.update(idOf(pool, name), clock.now() + KEPT_MILLISECONDS, change);
}

/** A digest, because names that people mistyped are personal, too. */
function idOf(pool: UserPoolRecord, name: string): string {
  return hash("sha256", `${pool.id} ${normalizeUsername(pool, name)}`, "base64url");
}
