import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUser } from "../../users/index.ts";
import { endSession } from "./end.ts";

/**
 * Ends a session of a user, with LINKED also those that are directly linked to it.
 *
 * @throws ResourceNotFoundException the user has no such session
 * @see API Reference, "AdminRevokeUserSession"
 */
export const adminRevokeUserSession: Operation<"AdminRevokeUserSession"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const user = await requireUser(context.store, pool, input.Username);
  await endSession(user, input, context);
  return {};
};
