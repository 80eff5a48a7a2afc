import { InvalidParameterException, ResourceNotFoundException } from "../../api-model/index.ts";
import type { AppClientRecord, Repositories, UserPoolRecord } from "../../storage/index.ts";
import { requirePool } from "../pools/index.ts";
import { checkSecretHash } from "./secrets.ts";
import { isSelfRegistered } from "./self-registered.ts";

/** The answer for a client that is not there, or not in the pool named. */
export function unknownClient(clientId: string): ResourceNotFoundException {
  return new ResourceNotFoundException(`User pool client ${clientId} does not exist.`);
}

/** The same from the operations that show, change and delete a client (recorded 2026-09-24 of the first). */
export function unknownClientOfPool(): ResourceNotFoundException {
  return new ResourceNotFoundException("User pool client does not exist.");
}

/**
 * Finds a client for an administrator's sign-in, with the text recorded on 2026-09-24 if it is another pool's.
 *
 * @throws ResourceNotFoundException the pool has no such client
 */
export async function requireClientToSignIn(
  repositories: Pick<Repositories, "clients">,
  poolId: string,
  clientId: string,
): Promise<AppClientRecord> {
  const client = await repositories.clients.get(clientId);
  if (!client) throw unknownClient(clientId);
  if (client.poolId === poolId) return client;
  throw new ResourceNotFoundException(`User pool client ${clientId} does not exist in user pool ${poolId}.`);
}

/**
 * @param unknown makes the error
 * @throws ResourceNotFoundException the pool has no such client
 */
export async function requireClient(
  repositories: Pick<Repositories, "clients">,
  poolId: string,
  clientId: string,
  unknown: (clientId: string) => ResourceNotFoundException = unknownClient,
): Promise<AppClientRecord> {
  const client = await repositories.clients.get(clientId);
  if (client?.poolId !== poolId) throw unknown(clientId);
  return client;
}

/**
 * Finds a client to work on its secrets. Those of a client that registered itself cannot be managed.
 *
 * @throws ResourceNotFoundException the pool has no such client
 * @throws InvalidParameterException the client registered itself; the text is ours
 * @see API Reference, "AddUserPoolClientSecret", "ListUserPoolClientSecrets", "DeleteUserPoolClientSecret"
 */
export async function requireRegularClient(
  repositories: Pick<Repositories, "clients">,
  poolId: string,
  clientId: string,
): Promise<AppClientRecord> {
  const client = await requireClient(repositories, poolId, clientId);
  if (!isSelfRegistered(client.settings)) return client;
  throw new InvalidParameterException(
    "Client secrets of a dynamically registered client can not be managed by this operation.",
  );
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

/**
 * Finds a client and its pool where no pool is named.
 *
 * @throws ResourceNotFoundException no pool has such a client
 */
export async function requireClientAndPool(
  repositories: Pick<Repositories, "clients" | "pools">,
  clientId: string,
): Promise<{ client: AppClientRecord; pool: UserPoolRecord }> {
  const client = await requireClientById(repositories, clientId);
  return { client, pool: await requirePool(repositories, client.poolId) };
}

/**
 * The client and pool through which an unauthenticated caller acts on a user.
 *
 * @throws ResourceNotFoundException there is no such client
 * @throws NotAuthorizedException the client has a secret and the request does not prove it
 */
export async function requireProvenClient(
  repositories: Pick<Repositories, "clients" | "pools">,
  input: {
    readonly ClientId: string;
    readonly Username: string;
    readonly SecretHash?: string | undefined;
  },
): Promise<{ client: AppClientRecord; pool: UserPoolRecord }> {
  const found = await requireClientAndPool(repositories, input.ClientId);
  checkSecretHash(found.client, input.Username, input.SecretHash);
  return found;
}

/**
 * Whether answers through the client must not reveal which users exist.
 *
 * @see API Reference, "UserPoolClientType", PreventUserExistenceErrors; left out it is LEGACY
 */
export function hidesUserExistence(client: AppClientRecord): boolean {
  return client.settings.PreventUserExistenceErrors === "ENABLED";
}
