import { requireClient, unknownClientOfPool, userPoolClientType } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Shows an app client with all of its settings and its secret.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such client
 * @see API Reference, "DescribeUserPoolClient"
 */
export const describeUserPoolClient: Operation<"DescribeUserPoolClient"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const client = await requireClient(store, pool.id, input.ClientId, unknownClientOfPool);
  return { UserPoolClient: userPoolClientType(client) };
};
