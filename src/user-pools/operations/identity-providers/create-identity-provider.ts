import { DuplicateProviderException, LimitExceededException } from "../../../api-model/index.ts";
import { AlreadyExists, type IdentityProviderRecord } from "../../../storage/index.ts";
import {
  attributeMapping,
  checkAcrMapping,
  checkProviderName,
  identifierTaken,
  identityProviderType,
  MAX_PROVIDERS,
  providerDetails,
} from "../../identity-providers/index.ts";
import type { Operation } from "../../operation.ts";
import { omitUndefined, requirePool } from "../../pools/index.ts";

/**
 * Adds an identity provider to a pool.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException details are missing or malformed, or an identifier is taken
 * @throws DuplicateProviderException the name is taken; the text is ours
 * @throws LimitExceededException the pool has as many providers as it can; the text is ours
 * @see API Reference, "CreateIdentityProvider"
 */
export const createIdentityProvider: Operation<"CreateIdentityProvider"> = async (input, context) => {
  const { store, clock } = context;
  const pool = await requirePool(store, input.UserPoolId);
  checkProviderName(input.ProviderName, input.ProviderType);
  checkAcrMapping(input.ProviderType, input.AcrMapping);
  const now = clock.now();
  const provider: IdentityProviderRecord = {
    poolId: pool.id,
    name: input.ProviderName,
    type: input.ProviderType,
    details: await providerDetails(input.ProviderType, input.ProviderDetails, {}, context),
    settings: omitUndefined({
      AttributeMapping: attributeMapping(pool, input.ProviderType, input.AttributeMapping),
      AcrMapping: input.AcrMapping,
    }),
    identifiers: [...new Set(input.IdpIdentifiers)],
    createdAt: now,
    lastModifiedAt: now,
  };
  try {
    await store.transaction(async ({ identityProviders }) => {
      if (await identityProviders.get(pool.id, provider.name)) {
        throw new DuplicateProviderException(`Provider ${provider.name} already exists in the user pool.`);
      }
      const present = await identityProviders.list(pool.id, { limit: MAX_PROVIDERS });
      if (present.items.length >= MAX_PROVIDERS) {
        throw new LimitExceededException(`A user pool can have at most ${MAX_PROVIDERS} identity providers.`);
      }
      await identityProviders.insert(provider);
    });
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    throw identifierTaken(error);
  }
  return { IdentityProvider: identityProviderType(provider) };
};
