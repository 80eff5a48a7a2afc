/**
 * Lockout after wrong passwords, or wrong codes, in a row.
 *
 * @see Developer Guide, "Authentication with Amazon Cognito user pools", section "Lockout behavior for failed sign-in
 *   attempts"; "Adding MFA to a user pool"
 */
import type { FailedSignIns } from "../../storage/index.ts";

/** The failures in a row that have no consequence. */
const FREE_FAILURES = 4;

/** Longest lockout. The guide says "approximately 15 minutes". */
const MAX_LOCKOUT_SECONDS = 15 * 60;

/** Without an attempt for this long, earlier failures no longer count. */
const MEMORY_SECONDS = 15 * 60;

/**
 * How long a user is locked out after `failures` failures in a row.
 *
 * @returns seconds; 0 means not locked out
 */
export function lockoutSeconds(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(2 ** (failures - FREE_FAILURES - 1), MAX_LOCKOUT_SECONDS);
}

/** Whether every sign-in is refused at `now` (milliseconds), the right password included. */
export function isLockedOut(failed: FailedSignIns | undefined, now: number): boolean {
  if (failed === undefined) return false;
  return now < lastFailureAt(failed, now) + lockoutSeconds(failed.count) * 1000;
}

/**
 * The record after one more failure at `now` (milliseconds).
 *
 * Attempts that a lockout refuses are no failures: they must not be counted here.
 */
export function withOneMoreFailure(failed: FailedSignIns | undefined, now: number): FailedSignIns {
  const isRemembered = failed !== undefined && now < lastFailureAt(failed, now) + MEMORY_SECONDS * 1000;
  return { count: (isRemembered ? failed.count : 0) + 1, lastAt: now };
}

/** A failure in the future counts as one that happens now: the clock of the node that saw it was ahead. */
function lastFailureAt({ lastAt }: FailedSignIns, now: number): number {
  return Math.min(lastAt, now);
}
