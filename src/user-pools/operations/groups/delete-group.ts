import { unknownGroup } from "../../groups/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Deletes a group, with members or without; its members stay.
 *
 * The Developer Guide says that a group must have no members. The API takes it nevertheless, which is what we follow.
 *
 * @throws ResourceNotFoundException there is no such pool or group
 * @see API Reference, "DeleteGroup"
 */
export const deleteGroup: Operation<"DeleteGroup"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  if (!(await store.groups.delete(pool.id, input.GroupName))) throw unknownGroup();
  return {};
};
