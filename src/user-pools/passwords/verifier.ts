import type { Crypto } from "../../crypto/index.ts";
import { poolNamePart } from "../../pool-ids.ts";
import type { PasswordRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";

/**
 * Makes the stored verifier of a password.
 *
 * @param username as stored: the verifier is bound to this name, and not to an alias
 * @param now milliseconds
 */
export async function makePassword(
  crypto: Crypto,
  pool: UserPoolRecord,
  username: string,
  password: string,
  { now, temporary }: { now: number; temporary: boolean },
): Promise<PasswordRecord> {
  const verifier = await crypto.srp.makeVerifier(identityOf(pool, username), password);
  return { ...verifier, setAt: now, temporary };
}

/**
 * Whether a password is the user's. It takes as long for a user without a password and for an unknown name. It takes
 * longer for a user with a hash from another system, until the first sign-in.
 */
export async function matchesPassword(
  crypto: Crypto,
  pool: UserPoolRecord,
  user: UserRecord | undefined,
  password: string,
): Promise<boolean> {
  if (user?.password === undefined && user?.importedPassword !== undefined) {
    return crypto.importedHashes.matches(password, user.importedPassword.hash);
  }
  const username = user?.username ?? "nobody";
  const kept = user?.password ?? crypto.srp.decoy(`${pool.id} ${username}`);
  return matchesRecord(crypto, pool, username, password, kept);
}

/** Whether a password is the one that a record was made of. */
export function matchesRecord(
  crypto: Crypto,
  pool: UserPoolRecord,
  username: string,
  password: string,
  kept: Pick<PasswordRecord, "saltHex" | "verifier">,
): Promise<boolean> {
  return crypto.srp.matches(identityOf(pool, username), password, kept);
}

function identityOf(pool: UserPoolRecord, username: string) {
  return { poolName: poolNamePart(pool.id), username };
}
