import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { primaryType, replicasOf, replicaType } from "../../replicas/index.ts";
import { refusePageToken } from "../page-tokens.ts";

/**
 * Lists the regions of a pool: its own, and that of its replica. There are two at most, so never a second page.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException a page token is given
 * @see API Reference, "ListUserPoolReplicas"
 */
export const listUserPoolReplicas: Operation<"ListUserPoolReplicas"> = async (
  input,
  { store, accountId },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  refusePageToken(input.NextToken);
  return {
    UserPoolReplicas: [
      primaryType(pool, accountId),
      ...replicasOf(pool).map((replica) => replicaType(pool, replica, accountId)),
    ],
  };
};
