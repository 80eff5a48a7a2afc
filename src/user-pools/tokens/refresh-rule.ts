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
  const isPrevious = rotation === signIn.rotation - 1;
  return isPrevious && now < (signIn.previousUsableUntil ?? 0) ? "retried" : "reused";
}

/**
 * The sign-in after one of its refresh tokens was presented for rotation.
 *
 * A retry does not change it: the client gets the newest token once more, so that the answers to a repeated request do
 * not invalidate each other. Reuse does not change it either, because Cognito keeps the newest token usable (recorded
 * 2026-09-24).
 */
export function rotate(
  signIn: SignInRecord,
  verdict: RefreshVerdict,
  now: number,
  gracePeriodSeconds: number,
): SignInRecord {
  if (verdict !== "newest") return signIn;
  return {
    ...signIn,
    rotation: signIn.rotation + 1,
    previousUsableUntil: now + gracePeriodSeconds * 1000,
  };
}
