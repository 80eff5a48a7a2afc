import { requireGroup } from "../../groups/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUser } from "../../users/index.ts";

/**
 * Takes a user out of a group; it is no error if they are not in it. Tokens that they hold still name the group.
 *
 * @throws UserNotFoundException no user has that username, alias or `sub`; this comes before a missing group
 * @throws ResourceNotFoundException there is no such pool or group
 * @see API Reference, "AdminRemoveUserFromGroup"
 */
export const adminRemoveUserFromGroup: Operation<"AdminRemoveUserFromGroup"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  await store.transaction(async (repositories) => {
    const { sub } = await requireUser(repositories, pool, input.Username);
    const group = await requireGroup(repositories, pool.id, input.GroupName);
    await repositories.groups.removeMember(pool.id, group.name, sub);
  });
  return {};
};
