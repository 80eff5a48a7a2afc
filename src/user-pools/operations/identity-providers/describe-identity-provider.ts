import { identityProviderType, requireProvider } from "../../identity-providers/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Shows an identity provider with its details, the client secret among them.
 *
 * @throws ResourceNotFoundException there is no such pool or provider
 * @see API Reference, "DescribeIdentityProvider"
 */
export const describeIdentityProvider: Operation<"DescribeIdentityProvider"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  return {
    IdentityProvider: identityProviderType(await requireProvider(store, pool.id, input.ProviderName)),
  };
};
