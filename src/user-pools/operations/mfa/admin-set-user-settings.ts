import { withMfaOptions } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { changeUser } from "../../users/index.ts";

/**
 * Switches SMS codes of a user on or off. AdminSetUserMFAPreference has replaced it.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @throws InvalidParameterException the user cannot have SMS codes
 * @see API Reference, "AdminSetUserSettings"
 */
export const adminSetUserSettings: Operation<"AdminSetUserSettings"> = async (input, { store, clock }) => {
  const now = clock.now();
  const pool = await requirePool(store, input.UserPoolId);
  await changeUser(store, pool, input.Username, (user) => withMfaOptions(pool, user, input.MFAOptions, now));
  return {};
};
