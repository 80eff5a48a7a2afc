import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { resourceServerType, unknownResourceServer } from "../../resource-servers/index.ts";

/**
 * Shows a resource server with its scopes.
 *
 * @throws ResourceNotFoundException there is no such pool or resource server
 * @see API Reference, "DescribeResourceServer"
 */
export const describeResourceServer: Operation<"DescribeResourceServer"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const server = await store.resourceServers.get(pool.id, input.Identifier);
  if (!server) throw unknownResourceServer(input.Identifier);
  return { ResourceServer: resourceServerType(server) };
};
