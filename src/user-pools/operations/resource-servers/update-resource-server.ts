import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import {
  requireUniqueScopes,
  resourceServerType,
  scopesOf,
  unknownResourceServer,
} from "../../resource-servers/index.ts";

/**
 * Replaces the name and the scopes of a resource server. A removed scope stays in the settings of clients, and is in no
 * token from now on.
 *
 * @throws ResourceNotFoundException there is no such pool or resource server
 * @throws InvalidParameterException a scope is named twice
 * @see API Reference, "UpdateResourceServer"
 */
export const updateResourceServer: Operation<"UpdateResourceServer"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  requireUniqueScopes(input.Scopes);
  const server = await store.resourceServers.update(pool.id, input.Identifier, (current) => ({
    ...current,
    name: input.Name,
    scopes: scopesOf(input.Scopes),
  }));
  if (!server) throw unknownResourceServer(input.Identifier);
  return { ResourceServer: resourceServerType(server) };
};
