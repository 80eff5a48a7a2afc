import { ResourceNotFoundException } from "../../api-model/index.ts";
import type { AppClientRecord, Repositories } from "../../storage/index.ts";

/** The answer for a client that is not there, or not in the pool named. */
export function unknownClient(clientId: string): ResourceNotFoundException {
  return new ResourceNotFoundException(`User pool client ${clientId} does not exist.`);
}

/** @throws ResourceNotFoundException the pool has no such client */
export async function requireClient(
  repositories: Pick<Repositories, "clients">,
  poolId: string,
  clientId: string,
): Promise<AppClientRecord> {
  const client = await repositories.clients.get(clientId);
  if (client?.poolId !== poolId) throw unknownClient(clientId);
  return client;
}

/**
 * Finds a client where no pool is named, as in the unsigned operations.
 *
 * @throws ResourceNotFoundException no pool has such a client
 */
export async function requireClientById(
  repositories: Pick<Repositories, "clients">,
  clientId: string,
): Promise<AppClientRecord> {
  const client = await repositories.clients.get(clientId);
  if (!client) throw unknownClient(clientId);
  return client;
}
