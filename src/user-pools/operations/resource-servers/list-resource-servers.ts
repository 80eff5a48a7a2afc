import type { Operation } from "../../operation.ts";
import { pageOrInvalidToken, requirePool } from "../../pools/index.ts";
import { resourceServerType } from "../../resource-servers/index.ts";

/** The most that can be asked for. */
const DEFAULT_PAGE = 50;

/**
 * Lists a pool's resource servers by identifier.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the token is not one that this list gave
 * @see API Reference, "ListResourceServers"
 */
export const listResourceServers: Operation<"ListResourceServers"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const page = await pageOrInvalidToken(
    store.resourceServers.list(pool.id, {
      limit: input.MaxResults ?? DEFAULT_PAGE,
      after: input.NextToken,
    }),
  );
  return { ResourceServers: page.items.map(resourceServerType), NextToken: page.next };
};
