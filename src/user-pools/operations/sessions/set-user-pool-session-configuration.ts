import type { Operation } from "../../operation.ts";
import type { SessionConfiguration } from "../../sessions/index.ts";
import { keepConfiguration, requireRange } from "./configuration.ts";

/** @see API Reference, "UserPoolTokenSessionConfigType" */
const SESSIONS_PER_USER = [1, 100] as const;

/**
 * Sets whether a pool tracks sessions, and how many a user may have. Sessions above the maximum end with the next sign-in.
 *
 * @throws InvalidParameterException the maximum is not between 1 and 100
 * @throws FeatureUnavailableInTierException the pool is of the tier LITE
 * @see API Reference, "SetUserPoolSessionConfiguration"
 */
export const setUserPoolSessionConfiguration: Operation<"SetUserPoolSessionConfiguration"> = async (
  { UserPoolId, UserSessionTracking, TokenSession },
  context,
) => {
  requireRange("tokenSession.maxPerUser", TokenSession.MaxPerUser, SESSIONS_PER_USER);
  const configuration: SessionConfiguration = { UserSessionTracking, TokenSession };
  await keepConfiguration(context, { poolId: UserPoolId }, configuration);
  return { UserPoolId, ...configuration };
};
