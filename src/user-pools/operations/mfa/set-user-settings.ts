import { withMfaOptions } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";
import { changeBearer } from "./change-bearer.ts";

/**
 * Switches SMS codes of the bearer of an access token on or off. SetUserMFAPreference has replaced it.
 *
 * @throws NotAuthorizedException the access token is not valid, has expired or was revoked
 * @throws InvalidParameterException the user cannot have SMS codes
 * @see API Reference, "SetUserSettings"
 */
export const setUserSettings: Operation<"SetUserSettings"> = async (input, context) => {
  const now = context.clock.now();
  await changeBearer(
    input.AccessToken,
    context,
    (pool) => (current) => withMfaOptions(pool, current, input.MFAOptions, now),
  );
  return {};
};
