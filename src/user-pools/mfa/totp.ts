/**
 * Time-based one-time passwords of an authenticator app.
 *
 * @see RFC 6238; Developer Guide, "TOTP software token MFA"
 */
import { Secret, TOTP } from "otpauth";
import { hmac, hmacKey } from "../../crypto/index.ts";
import type { Random } from "../../random.ts";
import type { TotpRecord, UserRecord } from "../../storage/index.ts";

const SECRET_BYTES = 32;
const PERIOD_SECONDS = 30;
/** How many steps before and after the present one a code may be of. */
const WINDOW = 1;

/** 52 characters of base32, as AssociateSoftwareToken answers. */
export function newTotpSecret(random: Random): string {
  return new Secret({ buffer: new Uint8Array(random.bytes(SECRET_BYTES)).buffer }).base32;
}

/**
 * The time step that a code is of.
 *
 * @param now milliseconds
 * @returns undefined for a wrong code
 */
export function stepOfCode(secret: string, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const key = Secret.fromBase32(secret);
  // Imported once for all the steps that the code is compared with.
  const imported = hmacKey(key.bytes);
  const delta = TOTP.validate({
    token: code,
    secret: key,
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
    timestamp: now,
    window: WINDOW,
    hmac: (_algorithm, _key, message) => hmac("sha1", imported).update(message).digest(),
  });
  return delta === null ? undefined : stepAt(now) + delta;
}

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

function stepAt(now: number): number {
  return TOTP.counter({ period: PERIOD_SECONDS, timestamp: now });
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
