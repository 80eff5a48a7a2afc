import type { Operation } from "../../operation.ts";
import { pageOrInvalidToken, requirePool } from "../../pools/index.ts";

/** The most that can be asked for, and what 0 means. */
const DEFAULT_PAGE = 60;

/**
 * Lists a pool's identity providers by name.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the token is not one that this list gave
 * @see API Reference, "ListIdentityProviders"
 */
export const listIdentityProviders: Operation<"ListIdentityProviders"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const page = await pageOrInvalidToken(
    store.identityProviders.list(pool.id, {
      limit: input.MaxResults || DEFAULT_PAGE,
      after: input.NextToken,
    }),
  );
  return {
    Providers: page.items.map((provider) => ({
      ProviderName: provider.name,
      ProviderType: provider.type,
      LastModifiedDate: provider.lastModifiedAt,
      CreationDate: provider.createdAt,
    })),
    NextToken: page.next,
  };
};
