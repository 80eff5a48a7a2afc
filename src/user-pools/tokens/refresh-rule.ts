/**
 * What presenting a refresh token means, given the sign-in it belongs to.
 *
 * @see RFC 9700 §4.14.2; API Reference, "RefreshTokenRotationType"
 */
import type { SignInRecord } from "../../storage/index.ts";

export type RefreshVerdict =
  /** The newest refresh token of its sign-in. */
  | "newest"
  /** The one before the newest, within the grace period for retries. */
  | "retried"
  /** Rotated out: someone has kept a token that its owner replaced. */
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
 * A retry leaves it as it is: whoever retries gets the newest token once more, so that two answers to one lost request
 * do not put each other out. Reuse revokes it, as nobody can tell the thief's tokens from the owner's any more.
 */
export function rotate(
  signIn: SignInRecord,
  verdict: RefreshVerdict,
  now: number,
  gracePeriodSeconds: number,
): SignInRecord {
  switch (verdict) {
    case "newest":
      return {
        ...signIn,
        rotation: signIn.rotation + 1,
        previousUsableUntil: now + gracePeriodSeconds * 1000,
      };
    case "reused":
      return { ...signIn, revokedAt: now };
    default:
      return signIn;
  }
}
