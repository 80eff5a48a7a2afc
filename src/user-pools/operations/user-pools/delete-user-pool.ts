import { InvalidParameterException } from "../../../api-model/index.ts";
import { refuseDuringImport } from "../../import/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Deletes a user pool with everything in it.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException it is protected from deletion, or has a domain or a replica
 * @throws UserImportInProgressException users are being imported
 * @see API Reference, "DeleteUserPool"
 */
export const deleteUserPool: Operation<"DeleteUserPool"> = async (input, { store }) => {
  await store.transaction(async (repositories) => {
    const pool = await requirePool(repositories, input.UserPoolId);
    if (pool.settings.DeletionProtection === "ACTIVE") {
      throw new InvalidParameterException(
        "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
      );
    }
    if ((await repositories.domains.listOfPool(pool.id)).length > 0) {
      throw new InvalidParameterException(
        "User pool cannot be deleted. It has a domain configured that should be deleted first.",
      );
    }
    if (pool.settings.Replicas !== undefined) {
      // Cognito's answer is not known.
      throw new InvalidParameterException(
        "User pool cannot be deleted. It has a replica that should be deleted first.",
      );
    }
    await refuseDuringImport(repositories, pool.id);
    await repositories.pools.delete(pool.id);
  });
  return {};
};
