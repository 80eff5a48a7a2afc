import { limitType, provisionedValue, requireCategory } from "../../limits/index.ts";
import type { Operation } from "../../operation.ts";

/**
 * Shows how many requests a second are provisioned for a category, in the account and the request's region.
 *
 * @throws InvalidParameterException the definition names no category
 * @throws ResourceNotFoundException there is no such category
 * @see API Reference, "GetProvisionedLimit"
 */
export const getProvisionedLimit: Operation<"GetProvisionedLimit"> = async (input, { store, request }) => {
  const limit = requireCategory(input.LimitDefinition);
  return { Limit: limitType(limit, await provisionedValue(store, request.region, limit)) };
};
