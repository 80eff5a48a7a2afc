import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { unknownResourceServer } from "../../resource-servers/index.ts";

/**
 * Deletes a resource server with its scopes.
 *
 * @throws ResourceNotFoundException there is no such pool or resource server
 * @see API Reference, "DeleteResourceServer"
 */
export const deleteResourceServer: Operation<"DeleteResourceServer"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const wasThere = await store.resourceServers.delete(pool.id, input.Identifier);
  if (!wasThere) throw unknownResourceServer(input.Identifier);
  return {};
};
