import { InvalidParameterException } from "../../../api-model/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool, unknownPool } from "../../pools/index.ts";
import { replicasOf, replicaType, requireReplica, withReplicas } from "../../replicas/index.ts";

/**
 * Deletes a replica that is out of service.
 *
 * @throws ResourceNotFoundException there is no such pool or replica
 * @throws InvalidParameterException the replica is active; the text is ours
 * @see API Reference, "DeleteUserPoolReplica"
 */
export const deleteUserPoolReplica: Operation<"DeleteUserPoolReplica"> = async (
  input,
  { store, accountId },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  const replica = requireReplica(pool, input.RegionName);
  const changed = await store.pools.update(pool.id, (current) => {
    if (requireReplica(current, input.RegionName).status !== "INACTIVE") {
      throw new InvalidParameterException("Only an inactive replica can be deleted.");
    }
    return withReplicas(
      current,
      replicasOf(current).filter(({ region }) => region !== input.RegionName),
    );
  });
  if (!changed) throw unknownPool(pool.id);
  return { UserPoolReplica: replicaType(pool, replica, accountId, "DELETING") };
};
