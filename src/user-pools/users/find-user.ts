import type { Repositories, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { unknownUser } from "./refusals.ts";
import { normalizeUsername } from "./sign-in-names.ts";

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
 * @throws UserNotFoundException there is no such user
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
