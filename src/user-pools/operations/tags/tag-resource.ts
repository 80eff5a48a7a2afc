import { InvalidParameterException } from "../../../api-model/index.ts";
import type { Operation } from "../../operation.ts";
import { problemWithTags } from "../../pools/index.ts";
import { changeTags, requireTaggedPool } from "./tagged-pool.ts";

/**
 * Adds tags to a pool; an existing tag gets its new value.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the ARN is not a user pool's, or the tags are not valid
 * @see API Reference, "TagResource"
 */
export const tagResource: Operation<"TagResource"> = async (input, { store, accountId }) => {
  const { id } = await requireTaggedPool(store, input.ResourceArn, accountId);
  await changeTags(store, id, (present) => {
    const tags = { ...present, ...input.Tags };
    const problem = problemWithTags(tags);
    if (problem) throw new InvalidParameterException(problem);
    return tags;
  });
  return {};
};
