import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { sessionConfiguration } from "../../sessions/index.ts";

/**
 * Shows whether a pool tracks sessions, and how many a user may have.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @see API Reference, "GetUserPoolSessionConfiguration"
 */
export const getUserPoolSessionConfiguration: Operation<"GetUserPoolSessionConfiguration"> = async (
  { UserPoolId },
  { store },
) => {
  await requirePool(store, UserPoolId);
  return { UserPoolId, ...(await sessionConfiguration(store, UserPoolId)) };
};
