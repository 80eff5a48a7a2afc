import { requireClient } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { keepConfiguration } from "./configuration.ts";
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
  const owner = { poolId: UserPoolId, clientId: ClientId };
  await keepConfiguration(context, owner, { SSOSession }, async (repositories) => {
    await requireClient(repositories, UserPoolId, ClientId);
    await requireSessionTracking(repositories, UserPoolId);
  });
  return { UserPoolId, ClientId, SSOSession };
};
