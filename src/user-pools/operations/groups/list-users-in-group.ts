import { requireGroup } from "../../groups/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { userType } from "../../users/index.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";
import { memberPageLimit } from "./page-limit.ts";

/**
 * Lists a group's members in the order in which they joined.
 *
 * @throws ResourceNotFoundException there is no such pool or group
 * @throws InvalidParameterException the limit is 0, or this list did not issue the token
 * @see API Reference, "ListUsersInGroup"
 */
export const listUsersInGroup: Operation<"ListUsersInGroup"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const { name } = await requireGroup(context.store, pool.id, input.GroupName);
  const list = ["ListUsersInGroup", pool.id, name];
  const page = await context.store.groups.listMembers(pool.id, name, {
    limit: memberPageLimit(input.Limit, context.request.requestId),
    after: openPageToken(context, list, input.NextToken, "Paging marker is invalid."),
  });
  return {
    Users: page.items.map((user) => userType(user)),
    NextToken: sealPageToken(context, list, page.next),
  };
};
