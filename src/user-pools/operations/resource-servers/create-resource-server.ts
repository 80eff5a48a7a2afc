import { InvalidParameterException, LimitExceededException } from "../../../api-model/index.ts";
import { AlreadyExists } from "../../../storage/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUniqueScopes, resourceServerType, scopesOf } from "../../resource-servers/index.ts";

/** Developer Guide, "Quotas in Amazon Cognito": resource servers per user pool. */
const MAX_RESOURCE_SERVERS = 25;

/**
 * Its scopes are Cognito's own: `aws.cognito/dcr/register` lets the bearer register clients. That a resource server cannot
 * bring them is our rule, and the text is ours.
 */
const RESERVED_IDENTIFIER = "aws.cognito";

/**
 * Makes a resource server with its custom scopes.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the identifier is taken in the pool or reserved, or a scope is named twice
 * @throws LimitExceededException the pool has as many as it can; the text is ours
 * @see API Reference, "CreateResourceServer"
 */
export const createResourceServer: Operation<"CreateResourceServer"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  requireUniqueScopes(input.Scopes);
  if (input.Identifier.startsWith(RESERVED_IDENTIFIER)) {
    throw new InvalidParameterException(`The identifier ${input.Identifier} is reserved.`);
  }
  const server = {
    poolId: pool.id,
    identifier: input.Identifier,
    name: input.Name,
    scopes: scopesOf(input.Scopes),
  };
  try {
    await store.transaction(async ({ resourceServers }) => {
      const present = await resourceServers.list(pool.id, { limit: MAX_RESOURCE_SERVERS });
      if (present.items.length >= MAX_RESOURCE_SERVERS) {
        throw new LimitExceededException(
          `A user pool can have at most ${MAX_RESOURCE_SERVERS} resource servers.`,
        );
      }
      await resourceServers.insert(server);
    });
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    throw new InvalidParameterException(`${server.identifier} already exists in user pool ${pool.id}.`, {
      cause: error,
    });
  }
  return { ResourceServer: resourceServerType(server) };
};
