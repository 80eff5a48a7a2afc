import { AlreadyExists } from "../../../storage/index.ts";
import { beginChange } from "../../concurrent-change.ts";
import {
  attributeMapping,
  checkAcrMapping,
  identifierTaken,
  identityProviderType,
  providerDetails,
  providerSubject,
  unknownProvider,
} from "../../identity-providers/index.ts";
import type { Operation } from "../../operation.ts";
import { omitUndefined, requirePool } from "../../pools/index.ts";

/**
 * Changes an identity provider. Details, mapping and identifiers are each replaced as a whole; those that are left out stay.
 *
 * @throws ResourceNotFoundException there is no such pool or provider
 * @throws InvalidParameterException details are missing or malformed, or an identifier is another provider's
 * @throws ConcurrentModificationException another request changed it meanwhile
 * @see API Reference, "UpdateIdentityProvider"
 */
export const updateIdentityProvider: Operation<"UpdateIdentityProvider"> = async (input, context) => {
  const { store, clock } = context;
  const pool = await requirePool(store, input.UserPoolId);
  const { before, finish } = await beginChange(store, providerSubject(pool.id, input.ProviderName));
  if (!before) throw unknownProvider(input.ProviderName);
  const { type, details: stored } = before;
  checkAcrMapping(type, input.AcrMapping);
  const details =
    input.ProviderDetails && (await providerDetails(type, input.ProviderDetails, stored, context));
  const mapping = input.AttributeMapping && attributeMapping(pool, type, input.AttributeMapping);
  try {
    const lastModifiedAt = clock.now();
    const provider = await finish(({ identityProviders }) =>
      identityProviders.update(pool.id, input.ProviderName, (current) => ({
        ...current,
        details: details ?? current.details,
        settings: omitUndefined({
          AttributeMapping: mapping ?? current.settings.AttributeMapping,
          AcrMapping: input.AcrMapping ?? current.settings.AcrMapping,
        }),
        identifiers: input.IdpIdentifiers ? [...new Set(input.IdpIdentifiers)] : current.identifiers,
        lastModifiedAt,
      })),
    );
    if (!provider) throw unknownProvider(input.ProviderName);
    return { IdentityProvider: identityProviderType(provider) };
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    throw identifierTaken(error);
  }
};
