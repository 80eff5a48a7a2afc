import { requireClient } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { keepConfiguration, requireRange } from "./configuration.ts";
import { requireSessionTracking } from "./require-tracking.ts";

/** 0 requires a sign-in each time; the most is 90 days. @see API Reference, "ClientSSOSessionConfigType" */
const MINUTES = [0, 90 * 24 * 60] as const;

/**
 * Sets how long sessions of the managed login pages may last for an app client.
 *
 * @throws InvalidParameterException the validity is negative or longer than 90 days
 * @throws OperationNotEnabledException the pool does not track sessions
 * @see API Reference, "SetUserPoolClientSessionConfiguration"
 */
export const setUserPoolClientSessionConfiguration: Operation<
  "SetUserPoolClientSessionConfiguration"
> = async ({ UserPoolId, ClientId, SSOSession }, context) => {
  requireRange("sSOSession.maxValidityMinutes", SSOSession.MaxValidityMinutes, MINUTES);
  const owner = { poolId: UserPoolId, clientId: ClientId };
  await keepConfiguration(context, owner, { SSOSession }, async (repositories) => {
    await requireClient(repositories, UserPoolId, ClientId);
    await requireSessionTracking(repositories, UserPoolId);
  });
  return { UserPoolId, ClientId, SSOSession };
};
