import type { Repositories, Store, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { requireUser } from "./find-user.ts";
import { asSignInNameError, takeOverAliases } from "./name-conflicts.ts";
import { unknownUser } from "./refusals.ts";

/** Other effects of the change of a user. */
interface ChangeOptions {
  /** Other writes of the same step. */
  readonly alongside?: (repositories: Repositories, user: UserRecord) => Promise<void>;
  /** When the change happens, in milliseconds, if the user takes their verified addresses over from others. */
  readonly takesOverAliasesAt?: number | undefined;
}

/**
 * Finds a user and changes them, as one step.
 *
 * @param username a username, active alias or `sub`
 * @param change pure, since it can run again; what it throws undoes everything and is passed on
 * @throws UserNotFoundException there is no such user
 * @throws AliasExistsException the change gives the user a name that another user has
 */
export async function changeUser(
  store: Store,
  pool: UserPoolRecord,
  username: string,
  change: (user: UserRecord) => UserRecord,
  { alongside, takesOverAliasesAt }: ChangeOptions = {},
): Promise<UserRecord> {
  try {
    return await store.transaction(async (repositories) => {
      // Found inside, and changed by `sub`: aliases move.
      const before = await requireUser(repositories, pool, username);
      if (takesOverAliasesAt !== undefined) {
        await takeOverAliases(repositories, pool, change(before), takesOverAliasesAt);
      }
      const changed = await repositories.users.update(pool.id, before.sub, change);
      if (!changed) throw unknownUser();
      await alongside?.(repositories, changed);
      return changed;
    });
  } catch (error) {
    throw asSignInNameError(error);
  }
}
