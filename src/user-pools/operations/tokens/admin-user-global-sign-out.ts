import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUser } from "../../users/index.ts";

/**
 * Signs a user out everywhere: revokes the tokens of all their sign-ins.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @see API Reference, "AdminUserGlobalSignOut"
 */
export const adminUserGlobalSignOut: Operation<"AdminUserGlobalSignOut"> = async (
  input,
  { store, clock },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  const user = await requireUser(store, pool, input.Username);
  await store.signIns.revokeAllOfUser(pool.id, user.sub, clock.now());
  return {};
};
