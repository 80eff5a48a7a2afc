import { groupType, requireGroup } from "../../groups/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Shows a group.
 *
 * @throws ResourceNotFoundException there is no such pool or group
 * @see API Reference, "GetGroup"
 */
export const getGroup: Operation<"GetGroup"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  return { Group: groupType(await requireGroup(store, pool.id, input.GroupName)) };
};
