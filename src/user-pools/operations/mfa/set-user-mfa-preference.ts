import { withMfaPreference } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";
import { changeBearer } from "./change-bearer.ts";

/**
 * Activates or deactivates factors of the bearer of an access token, and sets the preferred one.
 *
 * @throws InvalidParameterException a factor is not possible for the user, two are preferred, or passkeys would be the only
 *   one
 * @see API Reference, "SetUserMFAPreference"
 */
export const setUserMfaPreference: Operation<"SetUserMFAPreference"> = async (input, context) => {
  const now = context.clock.now();
  await changeBearer(
    input.AccessToken,
    context,
    (pool) => (current) => withMfaPreference(pool, current, input, now),
  );
  return {};
};
