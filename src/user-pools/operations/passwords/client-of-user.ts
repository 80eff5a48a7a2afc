import { UserNotFoundException } from "../../../api-model/index.ts";
import type { AppClientRecord, Repositories, UserPoolRecord } from "../../../storage/index.ts";
import { checkSecretHash, requireClientById } from "../../app-clients/index.ts";
import { requirePool } from "../../pools/index.ts";

/** What every operation is sent by which somebody who has not signed in acts on a user. */
interface RequestOfStranger {
  readonly ClientId: string;
  readonly Username: string;
  readonly SecretHash?: string | undefined;
}

/**
 * Through which client of which pool a request comes.
 *
 * @throws ResourceNotFoundException there is no such client
 * @throws NotAuthorizedException the client has a secret and the request does not prove it
 */
export async function provenClient(
  repositories: Pick<Repositories, "clients" | "pools">,
  { ClientId, Username, SecretHash }: RequestOfStranger,
): Promise<{ client: AppClientRecord; pool: UserPoolRecord }> {
  const client = await requireClientById(repositories, ClientId);
  const pool = await requirePool(repositories, client.poolId);
  checkSecretHash(client, Username, SecretHash);
  return { client, pool };
}

/** The answer for a user who is not there, where the client may learn that. */
export function unknownName(): UserNotFoundException {
  return new UserNotFoundException("Username/client id combination not found.");
}
