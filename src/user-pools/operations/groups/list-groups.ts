import { groupType } from "../../groups/index.ts";
import type { Operation } from "../../operation.ts";
import { pageOrInvalidToken, requirePool } from "../../pools/index.ts";
import { groupPageLimit } from "./page-limit.ts";

/**
 * Lists a pool's groups by name.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the limit is 0, or the token is not one that this list gave
 * @see API Reference, "ListGroups"
 */
export const listGroups: Operation<"ListGroups"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const page = await pageOrInvalidToken(
    store.groups.list(pool.id, { limit: groupPageLimit(input.Limit), after: input.NextToken }),
  );
  return { Groups: page.items.map(groupType), NextToken: page.next };
};
