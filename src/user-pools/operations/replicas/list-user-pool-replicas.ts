import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { primaryType, replicasOf, replicaType } from "../../replicas/index.ts";

/**
 * Lists the regions of a pool: its own, and that of its replica. There are two at most, so never a second page.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @see API Reference, "ListUserPoolReplicas"
 */
export const listUserPoolReplicas: Operation<"ListUserPoolReplicas"> = async (
  input,
  { store, accountId },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  return {
    UserPoolReplicas: [
      primaryType(pool, accountId),
      ...replicasOf(pool).map((replica) => replicaType(pool, replica, accountId)),
    ],
  };
};
