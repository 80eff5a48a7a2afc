/**
 * Earlier passwords, in pools whose policy forbids going back to them. Temporary passwords are left out: they are an
 * administrator's choice, which neither counts as the user's nor is held to the user's history.
 *
 * @see API Reference, "PasswordPolicyType", PasswordHistorySize
 */
import { PasswordHistoryPolicyViolationException } from "../../api-model/index.ts";
import type { Crypto } from "../../crypto/index.ts";
import type { PasswordRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { passwordPolicyOf } from "./policy.ts";
import { matchesRecord } from "./verifier.ts";

/**
 * Refuses a password that the user has or had, as far back as the pool's policy looks.
 *
 * @throws PasswordHistoryPolicyViolationException
 */
export async function checkHistory(
  crypto: Crypto,
  pool: UserPoolRecord,
  user: UserRecord,
  password: string,
): Promise<void> {
  const { PasswordHistorySize } = passwordPolicyOf(pool);
  if (PasswordHistorySize === 0) return;
  const matches = await Promise.all(
    ownPasswords(user)
      .slice(0, PasswordHistorySize)
      .map((kept) => matchesRecord(crypto, pool, user.username, password, kept)),
  );
  if (matches.includes(true)) {
    throw new PasswordHistoryPolicyViolationException("Password has previously been used");
  }
}

/** The user with another password; the one before goes into the history as far as the pool's policy looks back. */
export function withPassword(pool: UserPoolRecord, user: UserRecord, password: PasswordRecord): UserRecord {
  const { PasswordHistorySize } = passwordPolicyOf(pool);
  const passwordHistory =
    PasswordHistorySize === 0 ? undefined : ownPasswords(user).slice(0, PasswordHistorySize);
  // A hash from another system is of an earlier password.
  const { importedPassword: _, ...others } = user;
  return { ...others, password, passwordHistory };
}

/** The user's permanent passwords, newest first. */
function ownPasswords({ password, passwordHistory = [] }: UserRecord): readonly PasswordRecord[] {
  return password && !password.temporary ? [password, ...passwordHistory] : passwordHistory;
}
