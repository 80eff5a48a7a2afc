import { changeAlone } from "../../concurrent-change.ts";
import { providerSubject, unknownProvider } from "../../identity-providers/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Deletes an identity provider. Its users and their links stay, and cannot sign in by it any more.
 *
 * @throws ResourceNotFoundException there is no such pool or provider
 * @throws ConcurrentModificationException another request changed it meanwhile
 * @see API Reference, "DeleteIdentityProvider"
 */
export const deleteIdentityProvider: Operation<"DeleteIdentityProvider"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const wasThere = await changeAlone(
    store,
    providerSubject(pool.id, input.ProviderName),
    ({ identityProviders }) => identityProviders.delete(pool.id, input.ProviderName),
  );
  if (!wasThere) throw unknownProvider(input.ProviderName);
  return {};
};
