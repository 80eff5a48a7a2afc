import { InvalidParameterException, ServiceQuotaExceededException } from "../../../api-model/index.ts";
import { highestValue, keepProvisionedValue, limitType, requireCategory } from "../../limits/index.ts";
import type { Operation } from "../../operation.ts";

/**
 * Sets how many requests a second are provisioned for a category. The free value, or less, resets it.
 *
 * @throws InvalidParameterException the definition names no category, or one that cannot be raised; the text is ours
 * @throws ResourceNotFoundException there is no such category
 * @throws ServiceQuotaExceededException the value is above what the account can have; the text is ours
 * @see API Reference, "UpdateProvisionedLimit"
 */
export const updateProvisionedLimit: Operation<"UpdateProvisionedLimit"> = async (
  input,
  { store, request },
) => {
  const limit = requireCategory(input.LimitDefinition);
  if (!limit.isAdjustable) {
    throw new InvalidParameterException(`The limit of the category ${limit.category} is not adjustable.`);
  }
  const highest = highestValue(limit);
  if (input.RequestedLimitValue > highest) {
    throw new ServiceQuotaExceededException(`The limit can be at most ${highest} requests per second.`);
  }
  const value = Math.max(input.RequestedLimitValue, limit.free);
  await keepProvisionedValue(store, request.region, limit, value);
  return { Limit: limitType(limit, value) };
};
