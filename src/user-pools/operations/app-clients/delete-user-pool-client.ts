import { requireClient, unknownClientOfPool } from "../../app-clients/index.ts";
import { changeAlone, clientSubject } from "../../concurrent-change.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Deletes an app client and ends its sign-ins. Their tokens are no longer refreshed or accepted, not even by a new
 * client with the same id.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such client
 * @throws ConcurrentModificationException another request changed the client meanwhile
 * @see API Reference, "DeleteUserPoolClient"
 */
export const deleteUserPoolClient: Operation<"DeleteUserPoolClient"> = async (input, { store }) => {
  await changeAlone(store, clientSubject(input.ClientId), async (repositories) => {
    const pool = await requirePool(repositories, input.UserPoolId);
    const client = await requireClient(repositories, pool.id, input.ClientId, unknownClientOfPool);
    await repositories.clients.delete(client.id);
  });
  return {};
};
