/**
 * Lockout after wrong passwords in a row.
 *
 * @see Developer Guide, "Authentication with Amazon Cognito user pools", section "Lockout behavior for failed sign-in
 *   attempts"
 */
import type { FailedSignIns } from "../../storage/index.ts";

/** As many wrong passwords in a row have no consequence yet. */
const FREE_FAILURES = 4;

/** Longest lockout. The guide says "approximately 15 minutes". */
const MAX_LOCKOUT_SECONDS = 15 * 60;

/** Without an attempt for this long, earlier failures are forgotten. */
const MEMORY_SECONDS = 15 * 60;

/**
 * How long a user is locked out after `failures` wrong passwords in a row.
 *
 * @returns seconds; 0 means not locked out
 */
export function lockoutSeconds(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(2 ** (failures - FREE_FAILURES - 1), MAX_LOCKOUT_SECONDS);
}

/** Whether every sign-in is refused at `now` (milliseconds), the right password included. */
export function isLockedOut(failed: FailedSignIns | undefined, now: number): boolean {
  return failed !== undefined && now < failed.lastAt + lockoutSeconds(failed.count) * 1000;
}

/**
 * The record after one more wrong password at `now` (milliseconds).
 *
 * Attempts that a lockout refuses are no failures: they must not be counted here.
 */
export function countFailure(failed: FailedSignIns | undefined, now: number): FailedSignIns {
  const remembered = failed !== undefined && now < failed.lastAt + MEMORY_SECONDS * 1000 ? failed.count : 0;
  return { count: remembered + 1, lastAt: now };
}
