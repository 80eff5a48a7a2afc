import { requireClient } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { clientSessionConfiguration } from "../../sessions/index.ts";

/**
 * Shows how long an app client uses a session of the managed login pages.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such client
 * @see API Reference, "GetUserPoolClientSessionConfiguration"
 */
export const getUserPoolClientSessionConfiguration: Operation<
  "GetUserPoolClientSessionConfiguration"
> = async ({ UserPoolId, ClientId }, { store }) => {
  await requirePool(store, UserPoolId);
  await requireClient(store, UserPoolId, ClientId);
  return { UserPoolId, ClientId, SSOSession: await clientSessionConfiguration(store, UserPoolId, ClientId) };
};
