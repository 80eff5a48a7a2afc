import { configuredFactors, mfaMembers } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";
import { hasPasskey } from "../../passkeys/index.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUser } from "../../users/index.ts";

/**
 * The factors of a user: the first factors, and the second factors that follow.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @see API Reference, "AdminGetUserAuthFactors"
 */
export const adminGetUserAuthFactors: Operation<"AdminGetUserAuthFactors"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const user = await requireUser(store, pool, input.Username);
  return {
    Username: user.username,
    ...mfaMembers(user),
    ConfiguredUserAuthFactors: [...configuredFactors(pool, user, await hasPasskey(store, pool, user))],
  };
};
