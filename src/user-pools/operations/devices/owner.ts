import { ResourceNotFoundException } from "../../../api-model/index.ts";
import type { UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import { requireTracking } from "../../devices/index.ts";
import type { OperationContext } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { findUser } from "../../users/index.ts";

/**
 * The user whose devices an administrator means, in a pool that tracks devices.
 *
 * @throws ResourceNotFoundException there is no such pool or user: two of the operations know no other exception for it
 */
export async function ownerOfDevices(
  input: { readonly UserPoolId: string; readonly Username: string },
  { store }: OperationContext,
): Promise<{ readonly pool: UserPoolRecord; readonly user: UserRecord }> {
  const pool = await requirePool(store, input.UserPoolId);
  requireTracking(pool);
  const user = await findUser(store, pool, input.Username);
  if (user === undefined) throw new ResourceNotFoundException("User does not exist.");
  return { pool, user };
}
