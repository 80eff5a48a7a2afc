import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { resourceServerType } from "../../resource-servers/index.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";

/** The largest page that can be requested. */
const DEFAULT_PAGE = 50;

/**
 * Lists a pool's resource servers by identifier.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException this list did not issue the token
 * @see API Reference, "ListResourceServers"
 */
export const listResourceServers: Operation<"ListResourceServers"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const list = ["ListResourceServers", pool.id];
  const page = await context.store.resourceServers.list(pool.id, {
    limit: input.MaxResults ?? DEFAULT_PAGE,
    after: openPageToken(context, list, input.NextToken),
  });
  return {
    ResourceServers: page.items.map(resourceServerType),
    NextToken: sealPageToken(context, list, page.next),
  };
};
