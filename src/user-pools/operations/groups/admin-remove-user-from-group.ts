import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUser } from "../../users/index.ts";

/**
 * Takes a user out of a group; it is no error if they are not in it, or if there is no such group (recorded 2026-09-24).
 * Tokens that they hold still name the group.
 *
 * @throws UserNotFoundException no user has that username, alias or `sub`
 * @throws ResourceNotFoundException there is no such pool
 * @see API Reference, "AdminRemoveUserFromGroup"
 */
export const adminRemoveUserFromGroup: Operation<"AdminRemoveUserFromGroup"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  await store.transaction(async (repositories) => {
    const { sub } = await requireUser(repositories, pool, input.Username);
    await repositories.groups.removeMember(pool.id, input.GroupName, sub);
  });
  return {};
};
