import type { Operation } from "../../operation.ts";
import type { SessionConfiguration } from "../../sessions/index.ts";
import { keepConfiguration } from "./configuration.ts";

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
  const configuration: SessionConfiguration = { UserSessionTracking, TokenSession };
  await keepConfiguration(context, { poolId: UserPoolId }, configuration);
  return { UserPoolId, ...configuration };
};
