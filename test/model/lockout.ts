/**
 * The lockout after wrong passwords, in the models of whatever takes a password: from the fifth failure in a row on for 1 second,
 * 2, 4, … up to 15 minutes. Developer Guide, "Lockout behavior for failed sign-in attempts".
 */
import { MINUTE, SECOND } from "./time.ts";

export interface Failures {
  readonly count: number;
  /** When the last one was. */
  readonly at: number;
}

export const NO_FAILURES: Failures = { count: 0, at: 0 };

const FORGETS_FAILURES_AFTER = 15 * MINUTE;

export const isLockedOut = ({ count, at }: Failures, now: number): boolean =>
  count >= 5 && now < at + Math.min(2 ** (count - 5) * SECOND, 15 * MINUTE);

export const withOneMore = ({ count, at }: Failures, now: number): Failures => ({
  count: (now < at + FORGETS_FAILURES_AFTER ? count : 0) + 1,
  at: now,
});
