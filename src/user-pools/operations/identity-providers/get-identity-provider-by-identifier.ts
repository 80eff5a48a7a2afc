import { identityProviderType, unknownProvider } from "../../identity-providers/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Finds a provider by one of its identifiers, often the domain of users' e-mail addresses.
 *
 * @throws ResourceNotFoundException there is no such pool, or no provider with that identifier
 * @see API Reference, "GetIdentityProviderByIdentifier"
 */
export const getIdentityProviderByIdentifier: Operation<"GetIdentityProviderByIdentifier"> = async (
  input,
  { store },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  const provider = await store.identityProviders.findByIdentifier(pool.id, input.IdpIdentifier);
  if (!provider) throw unknownProvider(input.IdpIdentifier);
  return { IdentityProvider: identityProviderType(provider) };
};
