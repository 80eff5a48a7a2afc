import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { changeUser } from "../../users/index.ts";

/**
 * Lets a disabled user sign in again. Tokens from before stay revoked.
 *
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @see API Reference, "AdminEnableUser"
 */
export const adminEnableUser: Operation<"AdminEnableUser"> = async (input, { store, clock }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const now = clock.now();
  await changeUser(store, pool, input.Username, (user) =>
    user.enabled ? user : { ...user, enabled: true, lastModifiedAt: now },
  );
  return {};
};
