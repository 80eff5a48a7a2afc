import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { changeUser } from "../../users/index.ts";

/**
 * Switches off sign-in for a user and revokes the tokens that they hold, or does neither.
 *
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @see API Reference, "AdminDisableUser"
 */
export const adminDisableUser: Operation<"AdminDisableUser"> = async (input, { store, clock }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const now = clock.now();
  await changeUser(
    store,
    pool,
    input.Username,
    (user) => (user.enabled ? { ...user, enabled: false, lastModifiedAt: now } : user),
    { alongside: ({ signIns }, { sub }) => signIns.revokeAllOfUser(pool.id, sub, now) },
  );
  return {};
};
