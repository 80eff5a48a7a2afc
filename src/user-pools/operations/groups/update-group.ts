import { groupType, unknownGroup } from "../../groups/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Changes a group. Omitted members are unchanged: the API Reference promises no reset here, as it
 * does for pools and app clients.
 *
 * @throws ResourceNotFoundException there is no such pool or group
 * @see API Reference, "UpdateGroup"
 */
export const updateGroup: Operation<"UpdateGroup"> = async (input, { store, clock }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const now = clock.now();
  const group = await store.groups.update(pool.id, input.GroupName, (current) => ({
    ...current,
    description: input.Description ?? current.description,
    roleArn: input.RoleArn ?? current.roleArn,
    precedence: input.Precedence ?? current.precedence,
    lastModifiedAt: now,
  }));
  if (!group) throw unknownGroup();
  return { Group: groupType(group) };
};
