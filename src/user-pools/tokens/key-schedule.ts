/**
 * Which of a pool's keys signs, and which keys are published, at a given time. A new key is published before it signs,
 * because verifiers and caches keep the key set for a while. An old one stays published until the last token that it
 * signed has expired.
 */
import type { SigningKeyRecord } from "../../storage/index.ts";

/** How long new keys are published before they sign: more than any cache of ours lets the key set live. */
const PUBLISHED_AHEAD_MILLISECONDS = 5 * 60 * 1000;

/** The longest life of an ID or access token that an app client can ask for, and some slack for clocks. */
const LAST_TOKEN_MILLISECONDS = (24 * 60 + 5) * 60 * 1000;

/** When the keys that sign at `now` stop, if they are replaced at `now`. */
export function retirement(now: number): number {
  return now + PUBLISHED_AHEAD_MILLISECONDS;
}

/** The key for `use` that signs at `now`: of those that have not stopped, the one that stops first. */
export function signingKeyAt(
  keys: readonly SigningKeyRecord[],
  use: SigningKeyRecord["use"],
  now: number,
): SigningKeyRecord | undefined {
  let first: SigningKeyRecord | undefined;
  for (const key of keys) {
    if (key.use !== use || now >= stopsAt(key)) continue;
    if (first === undefined || stopsAt(key) < stopsAt(first)) first = key;
  }
  return first;
}

const stopsAt = ({ retiredAt = Number.POSITIVE_INFINITY }: SigningKeyRecord) => retiredAt;

/** Whether something that the key signed can still be valid at `now`. */
export function isPublishedAt(key: SigningKeyRecord, now: number): boolean {
  return key.retiredAt === undefined || now < key.retiredAt + LAST_TOKEN_MILLISECONDS;
}
