import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";

/** The largest page that can be requested, and the meaning of 0. */
const DEFAULT_PAGE = 60;

/**
 * Lists a pool's identity providers by name.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException this list did not issue the token
 * @see API Reference, "ListIdentityProviders"
 */
export const listIdentityProviders: Operation<"ListIdentityProviders"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const list = ["ListIdentityProviders", pool.id];
  const page = await context.store.identityProviders.list(pool.id, {
    limit: input.MaxResults || DEFAULT_PAGE,
    after: openPageToken(context, list, input.NextToken),
  });
  return {
    Providers: page.items.map((provider) => ({
      ProviderName: provider.name,
      ProviderType: provider.type,
      LastModifiedDate: provider.lastModifiedAt,
      CreationDate: provider.createdAt,
    })),
    NextToken: sealPageToken(context, list, page.next),
  };
};
