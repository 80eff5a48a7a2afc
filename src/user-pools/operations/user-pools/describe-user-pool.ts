import type { Operation } from "../../operation.ts";
import { describedPoolType, requirePool } from "../../pools/index.ts";

/**
 * Shows a user pool with all of its settings.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @see API Reference, "DescribeUserPool"
 */
export const describeUserPool: Operation<"DescribeUserPool"> = async (input, { store, accountId }) => {
  const pool = await requirePool(store, input.UserPoolId);
  return {
    UserPool: describedPoolType(pool, {
      accountId,
      users: await store.users.count(pool.id),
      domains: await store.domains.listOfPool(pool.id),
    }),
  };
};
