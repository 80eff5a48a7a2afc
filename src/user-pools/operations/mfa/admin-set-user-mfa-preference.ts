import { withMfaPreference } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { changeUser } from "../../users/index.ts";

/**
 * Activates or deactivates factors of a user, and sets the preferred one.
 *
 * @throws InvalidParameterException a factor is not possible for the user, two are preferred, or passkeys would be the only
 *   one
 * @see API Reference, "AdminSetUserMFAPreference"
 */
export const adminSetUserMfaPreference: Operation<"AdminSetUserMFAPreference"> = async (
  input,
  { store, clock },
) => {
  const now = clock.now();
  const pool = await requirePool(store, input.UserPoolId);
  await changeUser(store, pool, input.Username, (user) => withMfaPreference(pool, user, input, now));
  return {};
};
