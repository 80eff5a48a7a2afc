import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUser } from "../../users/index.ts";

/**
 * Deletes a user, whatever their state, with their memberships and sign-ins: their tokens are of no user from then on.
 *
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @see API Reference, "AdminDeleteUser"
 */
export const adminDeleteUser: Operation<"AdminDeleteUser"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  await store.transaction(async (repositories) => {
    const { sub } = await requireUser(repositories, pool, input.Username);
    await repositories.users.delete(pool.id, sub);
  });
  return {};
};
