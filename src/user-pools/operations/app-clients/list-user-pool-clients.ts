import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";

/** The largest page that can be requested. */
const DEFAULT_PAGE = 60;

/**
 * Lists a pool's app clients, oldest first. With a ClientType a page can have fewer than requested, although others follow.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException this list did not issue the token
 * @see API Reference, "ListUserPoolClients"
 */
export const listUserPoolClients: Operation<"ListUserPoolClients"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const list = ["ListUserPoolClients", pool.id];
  const page = await context.store.clients.list(pool.id, {
    limit: input.MaxResults ?? DEFAULT_PAGE,
    after: openPageToken(context, list, input.NextToken),
  });
  const wanted = page.items.filter(
    ({ settings: { ClientType = "REGULAR" } }) => (input.ClientType ?? ClientType) === ClientType,
  );
  return {
    UserPoolClients: wanted.map(({ id, poolId, name }) => ({
      ClientId: id,
      UserPoolId: poolId,
      ClientName: name,
    })),
    NextToken: sealPageToken(context, list, page.next),
  };
};
