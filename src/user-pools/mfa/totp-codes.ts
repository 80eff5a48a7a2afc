/**
 * Secrets and codes of an authenticator app.
 *
 * @see RFC 6238
 */
import { Secret, TOTP } from "otpauth";
import { hmac, hmacKey } from "../../crypto/index.ts";
import type { Random } from "../../random.ts";
import { PERIOD_SECONDS, stepAt, WINDOW } from "./totp.ts";

const SECRET_BYTES = 32;

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
