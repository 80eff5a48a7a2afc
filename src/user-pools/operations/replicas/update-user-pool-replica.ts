import type { Operation } from "../../operation.ts";
import { requirePool, unknownPool } from "../../pools/index.ts";
import { replicasOf, replicaType, requireReplica, withReplicas } from "../../replicas/index.ts";

/**
 * Activates a replica, or takes it out of service.
 *
 * @throws ResourceNotFoundException there is no such pool or replica
 * @see API Reference, "UpdateUserPoolReplica"
 */
export const updateUserPoolReplica: Operation<"UpdateUserPoolReplica"> = async (
  input,
  { store, accountId },
) => {
  const { id } = await requirePool(store, input.UserPoolId);
  const pool = await store.pools.update(id, (current) => {
    const replica = requireReplica(current, input.RegionName);
    return withReplicas(
      current,
      replicasOf(current).map((other) => (other === replica ? { ...other, status: input.Status } : other)),
    );
  });
  if (!pool) throw unknownPool(id);
  return { UserPoolReplica: replicaType(pool, requireReplica(pool, input.RegionName), accountId) };
};
