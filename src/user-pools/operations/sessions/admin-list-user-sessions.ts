import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUser } from "../../users/index.ts";
import { listSessionsPage } from "./list.ts";

/**
 * Lists the sessions of a user, at all app clients.
 *
 * @throws OperationNotEnabledException the pool does not track sessions
 * @see API Reference, "AdminListUserSessions"
 */
export const adminListUserSessions: Operation<"AdminListUserSessions"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const user = await requireUser(context.store, pool, input.Username);
  return listSessionsPage(user, input.NextToken, undefined, context);
};
