import { configuredFactors, mfaMembers } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";
import { hasPasskey } from "../../passkeys/index.ts";

/**
 * The factors of the bearer of an access token: the first factors, and the second factors that follow.
 *
 * @throws NotAuthorizedException the access token is not valid, has expired or was revoked
 * @see API Reference, "GetUserAuthFactors"
 */
export const getUserAuthFactors: Operation<"GetUserAuthFactors"> = async (
  { AccessToken },
  { store, tokens },
) => {
  const { pool, user } = await tokens.verifyAccessToken(AccessToken);
  return {
    Username: user.username,
    ...mfaMembers(user),
    ConfiguredUserAuthFactors: [...configuredFactors(pool, user, await hasPasskey(store, pool, user))],
  };
};
