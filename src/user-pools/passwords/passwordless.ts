import type { UserPoolRecord } from "../../storage/index.ts";

/**
 * Whether users can do without a password: where they can sign in by a code that is sent to them.
 *
 * @see API Reference, "AdminCreateUser", TemporaryPassword
 */
export function allowsPasswordless(pool: UserPoolRecord): boolean {
  const factors = pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  return factors.includes("EMAIL_OTP") || factors.includes("SMS_OTP");
}
