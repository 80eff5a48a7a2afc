import { type OperationName, operationModel, ResourceNotFoundException } from "../../../api-model/index.ts";
import type { UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import { requireTracking } from "../../devices/index.ts";
import type { OperationContext } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { findUser, unknownUser } from "../../users/index.ts";

/**
 * The user whose devices an administrator means, in a pool that tracks devices.
 *
 * @throws ResourceNotFoundException there is no such pool, or no such user where `operation` knows no other exception for it
 * @throws UserNotFoundException there is no such user
 */
export async function ownerOfDevices(
  operation: OperationName,
  input: { readonly UserPoolId: string; readonly Username: string },
  { store }: OperationContext,
): Promise<{ readonly pool: UserPoolRecord; readonly user: UserRecord }> {
  const pool = await requirePool(store, input.UserPoolId);
  requireTracking(pool);
  const user = await findUser(store, pool, input.Username);
  if (user === undefined) {
    const hasOwnException = operationModel(operation).errors.includes("UserNotFoundException");
    throw hasOwnException ? unknownUser() : new ResourceNotFoundException("User does not exist.");
  }
  return { pool, user };
}
