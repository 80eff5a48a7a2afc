import type { Operation } from "../../operation.ts";
import { changeTags, requireTaggedPool } from "./tagged-pool.ts";

/**
 * Deletes tags of a pool; those that it does not have are ignored.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the ARN is not a user pool's
 * @see API Reference, "UntagResource"
 */
export const untagResource: Operation<"UntagResource"> = async (input, { store, accountId }) => {
  const { id } = await requireTaggedPool(store, input.ResourceArn, accountId);
  const gone = new Set(input.TagKeys);
  await changeTags(store, id, (tags) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key))),
  );
  return {};
};
