import { withMfaOptions } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";
import { changeBearer } from "./change-bearer.ts";

/**
 * Switches SMS codes of the bearer of an access token on or off. SetUserMFAPreference has replaced it.
 *
 * @see API Reference, "SetUserSettings"
 */
export const setUserSettings: Operation<"SetUserSettings"> = async (input, context) => {
  await changeBearer(
    input.AccessToken,
    context,
    (pool) => (current) => withMfaOptions(pool, current, input.MFAOptions),
  );
  return {};
};
