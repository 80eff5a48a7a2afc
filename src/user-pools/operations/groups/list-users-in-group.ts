import { requireGroup } from "../../groups/index.ts";
import type { Operation } from "../../operation.ts";
import { pageOrInvalidToken, requirePool } from "../../pools/index.ts";
import { userType } from "../../users/index.ts";
import { memberPageLimit } from "./page-limit.ts";

/**
 * Lists a group's members in the order in which they joined.
 *
 * @throws ResourceNotFoundException there is no such pool or group
 * @throws InvalidParameterException the limit is 0, or the token is not one that this list gave
 * @see API Reference, "ListUsersInGroup"
 */
export const listUsersInGroup: Operation<"ListUsersInGroup"> = async (input, { store, request }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const { name } = await requireGroup(store, pool.id, input.GroupName);
  const page = await pageOrInvalidToken(
    store.groups.listMembers(pool.id, name, {
      limit: memberPageLimit(input.Limit, request.requestId),
      after: input.NextToken,
    }),
    "Paging marker is invalid.",
  );
  return { Users: page.items.map((user) => userType(user)), NextToken: page.next };
};
