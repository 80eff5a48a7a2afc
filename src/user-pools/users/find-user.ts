import { UserNotFoundException } from "../../api-model/index.ts";
import type { Repositories, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { normalizeUsername } from "./sign-in-names.ts";

/** The answer of administrators' operations for a user who is not there. */
export function unknownUser(): UserNotFoundException {
  return new UserNotFoundException("User does not exist.");
}

/** Finds a user by username, active alias or `sub`. */
export async function findUser(
  repositories: Pick<Repositories, "users">,
  pool: UserPoolRecord,
  username: string,
): Promise<UserRecord | undefined> {
  return repositories.users.find(pool.id, normalizeUsername(pool, username));
}

/**
 * Finds a user by username, active alias or `sub`.
 *
 * @throws UserNotFoundException nobody answers to that
 */
export async function requireUser(
  repositories: Pick<Repositories, "users">,
  pool: UserPoolRecord,
  username: string,
): Promise<UserRecord> {
  const user = await findUser(repositories, pool, username);
  if (!user) throw unknownUser();
  return user;
}
