import { unknownProvider } from "../../identity-providers/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Deletes an identity provider. Its users and their links stay, and cannot sign in by it any more.
 *
 * @throws ResourceNotFoundException there is no such pool or provider
 * @see API Reference, "DeleteIdentityProvider"
 */
export const deleteIdentityProvider: Operation<"DeleteIdentityProvider"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const wasThere = await store.identityProviders.delete(pool.id, input.ProviderName);
  if (!wasThere) throw unknownProvider(input.ProviderName);
  return {};
};
