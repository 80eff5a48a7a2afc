import type { IdentityProviderRecord } from "../../storage/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import { type AuthorizationRequest, noSignInOption, providersOf } from "../authorization-request.ts";
import type { Parameters } from "../parameters.ts";

/**
 * The provider that an authorization request names: by `identity_provider`, which was checked, or by `idp_identifier`.
 *
 * @throws PageError the identifier is of no provider of the client, or the provider was deleted
 */
export async function chosenProvider(
  authorization: AuthorizationRequest,
  parameters: Parameters,
  { store }: OperationContext,
): Promise<IdentityProviderRecord | undefined> {
  const { pool, client } = authorization;
  const name = parameters.get("identity_provider");
  if (name === "COGNITO") return undefined;
  if (name !== undefined) {
    const named = await store.identityProviders.get(pool.id, name);
    // Clients keep the name of a provider that was deleted.
    if (named === undefined) throw noSignInOption();
    return named;
  }
  const identifier = parameters.get("idp_identifier");
  if (identifier === undefined) return undefined;
  const provider = await store.identityProviders.findByIdentifier(pool.id, identifier);
  if (provider && providersOf(client).includes(provider.name)) return provider;
  throw noSignInOption();
}
