import { requireClientAndPool, requireClientToSignIn } from "../../app-clients/index.ts";
import type { OperationContext } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import type { Party } from "../../sign-in/index.ts";

/**
 * The party of operations that name only the app client, and that anyone may call.
 *
 * @throws ResourceNotFoundException there is no such client
 */
export async function publicParty({ store }: OperationContext, clientId: string): Promise<Party> {
  return { ...(await requireClientAndPool(store, clientId)), channel: "public" };
}

/**
 * The party of operations in which an administrator names the pool and one of its app clients.
 *
 * @throws ResourceNotFoundException there is no such pool, or no such client in it
 */
export async function adminParty(
  { store }: OperationContext,
  poolId: string,
  clientId: string,
): Promise<Party> {
  const pool = await requirePool(store, poolId);
  return { pool, client: await requireClientToSignIn(store, poolId, clientId), channel: "admin" };
}
