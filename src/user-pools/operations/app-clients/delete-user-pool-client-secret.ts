import { InvalidParameterException, ResourceNotFoundException } from "../../../api-model/index.ts";
import { requireRegularClient } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Deletes a secret of a client that has another.
 *
 * @throws ResourceNotFoundException there is no such pool, client or secret; the text for the secret is ours
 * @throws InvalidParameterException it is the client's last one; the text is ours
 * @see API Reference, "DeleteUserPoolClientSecret"
 */
export const deleteUserPoolClientSecret: Operation<"DeleteUserPoolClientSecret"> = async (
  input,
  { store, clock },
) => {
  const now = clock.now();
  await store.transaction(async (repositories) => {
    const pool = await requirePool(repositories, input.UserPoolId);
    const client = await requireRegularClient(repositories, pool.id, input.ClientId);
    const remaining = client.secrets.filter(({ id }) => id !== input.ClientSecretId);
    if (remaining.length === client.secrets.length) {
      throw new ResourceNotFoundException(`Client secret ${input.ClientSecretId} does not exist.`);
    }
    if (remaining.length === 0) {
      throw new InvalidParameterException("The last secret of a client can not be deleted.");
    }
    await repositories.clients.update(client.id, (current) => ({
      ...current,
      secrets: remaining,
      lastModifiedAt: now,
    }));
  });
  return {};
};
