import { groupType } from "../../groups/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";
import { groupPageLimit } from "./page-limit.ts";

/**
 * Lists a pool's groups by name.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the limit is 0, or this list did not issue the token
 * @see API Reference, "ListGroups"
 */
export const listGroups: Operation<"ListGroups"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const list = ["ListGroups", pool.id];
  const page = await context.store.groups.list(pool.id, {
    limit: groupPageLimit(input.Limit),
    after: openPageToken(context, list, input.NextToken),
  });
  return { Groups: page.items.map(groupType), NextToken: sealPageToken(context, list, page.next) };
};
