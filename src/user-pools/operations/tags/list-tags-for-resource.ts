import type { Operation } from "../../operation.ts";
import { requireTaggedPool } from "./tagged-pool.ts";

/**
 * Lists a pool's tags.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the ARN is not a user pool's
 * @see API Reference, "ListTagsForResource"
 */
export const listTagsForResource: Operation<"ListTagsForResource"> = async (input, { store, accountId }) => {
  const pool = await requireTaggedPool(store, input.ResourceArn, accountId);
  return { Tags: pool.settings.UserPoolTags ?? {} };
};
