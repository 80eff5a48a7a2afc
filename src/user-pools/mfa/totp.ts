/**
 * Time-based one-time passwords of an authenticator app.
 *
 * @see RFC 6238; Developer Guide, "TOTP software token MFA"
 */
import type { TotpRecord, UserRecord } from "../../storage/index.ts";

export const PERIOD_SECONDS = 30;
/** How many steps before and after the present one a code may be of. */
export const WINDOW = 1;

/**
 * Whether a code of this step, or of a later one, was accepted before. A step that is still to come was accepted by a clock
 * that was ahead; it would refuse every code until then, so it does not count.
 *
 * @param now milliseconds
 */
export function isStepUsed({ lastUsedStep }: TotpRecord, step: number, now: number): boolean {
  if (lastUsedStep === undefined || lastUsedStep > stepAt(now) + WINDOW) return false;
  return step <= lastUsedStep;
}

export function stepAt(now: number): number {
  return Math.floor(now / 1000 / PERIOD_SECONDS);
}

/** The user with an app whose code was accepted, in place of the one before. */
export function withTotp(user: UserRecord, totp: TotpRecord): UserRecord {
  const { pendingTotpSecret: _, ...others } = user;
  return { ...others, totp };
}

/** The user without an app, registered or about to be. */
export function withoutTotp(user: UserRecord): UserRecord {
  const { totp: _totp, pendingTotpSecret: _pending, ...others } = user;
  return others;
}
