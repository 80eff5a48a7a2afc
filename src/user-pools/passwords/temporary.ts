import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { passwordPolicyOf } from "./policy.ts";

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Whether the user's password is a temporary one that was not replaced in time.
 *
 * @param now milliseconds
 * @see API Reference, "PasswordPolicyType", TemporaryPasswordValidityDays
 */
export function isTemporaryPasswordExpired(pool: UserPoolRecord, user: UserRecord, now: number): boolean {
  if (!user.password?.temporary) return false;
  const validity = passwordPolicyOf(pool).TemporaryPasswordValidityDays * DAY_MILLISECONDS;
  return now >= user.password.setAt + validity;
}
