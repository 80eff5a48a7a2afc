import { requireClient } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { keepConfiguration, requireSessionTier } from "./configuration.ts";
import { requireSessionTracking } from "./require-tracking.ts";

/**
 * Sets how long sessions of the managed login pages may last for an app client.
 *
 * @throws OperationNotEnabledException the pool does not track sessions
 * @see API Reference, "SetUserPoolClientSessionConfiguration"
 */
export const setUserPoolClientSessionConfiguration: Operation<
  "SetUserPoolClientSessionConfiguration"
> = async ({ UserPoolId, ClientId, SSOSession }, context) => {
  const { store } = context;
  requireSessionTier(await requirePool(store, UserPoolId));
  await requireClient(store, UserPoolId, ClientId);
  await requireSessionTracking(store, UserPoolId);
  await keepConfiguration(context, { poolId: UserPoolId, clientId: ClientId }, { SSOSession });
  return { UserPoolId, ClientId, SSOSession };
};
