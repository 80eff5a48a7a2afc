import { groupType, unknownGroup } from "../../groups/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Changes a group. Omitted members are unchanged: the API Reference promises no reset here, as it
 * does for pools and app clients. An empty description counts as none, and a request that changes nothing leaves
 * LastModifiedDate as it is (recorded 2026-09-24).
 *
 * @throws ResourceNotFoundException there is no such pool or group
 * @see API Reference, "UpdateGroup"
 */
export const updateGroup: Operation<"UpdateGroup"> = async (input, { store, clock }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const now = clock.now();
  const { Description: description, RoleArn: roleArn, Precedence: precedence } = input;
  const isChange = Boolean(description) || roleArn !== undefined || precedence !== undefined;
  const group = await store.groups.update(pool.id, input.GroupName, (current) => ({
    ...current,
    description: description || current.description,
    roleArn: roleArn ?? current.roleArn,
    precedence: precedence ?? current.precedence,
    lastModifiedAt: isChange ? now : current.lastModifiedAt,
  }));
  if (!group) throw unknownGroup();
  return { Group: groupType(group) };
};
