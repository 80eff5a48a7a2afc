import type { Repositories, Store, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { requireUser } from "./find-user.ts";
import { unknownUser } from "./refusals.ts";
import { asSignInNameError } from "./sign-in-name-errors.ts";

/**
 * Finds a user and changes them, as one step.
 *
 * @param username a username, active alias or `sub`
 * @param change pure, since it can run again; what it throws undoes everything and is passed on
 * @param alongside what else belongs to the same step
 * @throws UserNotFoundException nobody answers to `username`
 * @throws AliasExistsException the change gives the user a name of somebody else's
 */
export async function changeUser(
  store: Store,
  pool: UserPoolRecord,
  username: string,
  change: (user: UserRecord) => UserRecord,
  alongside?: (repositories: Repositories, user: UserRecord) => Promise<void>,
): Promise<UserRecord> {
  try {
    return await store.transaction(async (repositories) => {
      // Found inside, and changed by `sub`: aliases move.
      const { sub } = await requireUser(repositories, pool, username);
      const changed = await repositories.users.update(pool.id, sub, change);
      if (!changed) throw unknownUser();
      await alongside?.(repositories, changed);
      return changed;
    });
  } catch (error) {
    throw asSignInNameError(error);
  }
}
