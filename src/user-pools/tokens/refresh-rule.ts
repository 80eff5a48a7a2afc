/**
 * The verdict on a refresh token, given the sign-in it belongs to.
 *
 * @see RFC 9700 §4.14.2; API Reference, "RefreshTokenRotationType"
 */
import type { SignInRecord } from "../../storage/index.ts";

export type RefreshVerdict =
  /** The newest refresh token of its sign-in. */
  | "newest"
  /** The one before the newest, within the grace period for retries. */
  | "retried"
  /** Replaced by a newer one. */
  | "reused"
  | "revoked"
  | "expired";

/** @param rotation which of the sign-in's refresh tokens is presented, see {@link SignInRecord.rotation} */
export function judgeRefresh(signIn: SignInRecord, rotation: number, now: number): RefreshVerdict {
  if (now >= signIn.refreshExpiresAt) return "expired";
  if (signIn.revokedAt !== undefined) return "revoked";
  if (rotation === signIn.rotation) return "newest";
  const isPrevious = numberOf(rotation) === previousOf(signIn.rotation);
  return isPrevious && now < (signIn.previousUsableUntil ?? 0) ? "retried" : "reused";
}

/**
 * What {@link SignInRecord.rotation} says: the number of the newest refresh token, and how many answers to a retry have taken
 * the place of an earlier answer since the token before them was first used.
 */
const RETRIES = 64;
const numberOf = (rotation: number) => Math.floor(rotation / RETRIES);
const retriesOf = (rotation: number) => rotation % RETRIES;
const previousOf = (rotation: number) => numberOf(rotation) - retriesOf(rotation) - 1;

/**
 * The sign-in after one of its refresh tokens was presented for rotation.
 *
 * The answer to a retry takes the place of the answer before, whose token is no longer the newest. Reuse does not change
 * it, because Cognito keeps the newest token usable (both recorded 2026-09-24).
 */
export function rotate(
  signIn: SignInRecord,
  verdict: RefreshVerdict,
  now: number,
  gracePeriodSeconds: number,
): SignInRecord {
  const { rotation } = signIn;
  const next = (numberOf(rotation) + 1) * RETRIES;
  if (verdict === "newest") {
    // Without a grace period there is no such time: the clock of another node, or of a request that waited, may be behind it.
    const previousUsableUntil = gracePeriodSeconds > 0 ? now + gracePeriodSeconds * 1000 : undefined;
    return { ...signIn, rotation: next, previousUsableUntil };
  }
  // A client that retries more often within the grace period, a minute at most, gets the newest token again.
  const retries = retriesOf(rotation) + 1;
  return verdict === "retried" && retries < RETRIES ? { ...signIn, rotation: next + retries } : signIn;
}
