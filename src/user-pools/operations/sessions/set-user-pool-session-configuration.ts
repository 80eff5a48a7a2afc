import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import type { SessionConfiguration } from "../../sessions/index.ts";
import { keepConfiguration, requireSessionTier } from "./configuration.ts";

/**
 * Sets whether a pool tracks sessions, and how many a user may have. Sessions above the maximum end with the next sign-in.
 *
 * @throws FeatureUnavailableInTierException the pool is of the tier LITE
 * @see API Reference, "SetUserPoolSessionConfiguration"
 */
export const setUserPoolSessionConfiguration: Operation<"SetUserPoolSessionConfiguration"> = async (
  { UserPoolId, UserSessionTracking, TokenSession },
  context,
) => {
  requireSessionTier(await requirePool(context.store, UserPoolId));
  const configuration: SessionConfiguration = { UserSessionTracking, TokenSession };
  await keepConfiguration(context, { poolId: UserPoolId }, configuration);
  return { UserPoolId, ...configuration };
};
