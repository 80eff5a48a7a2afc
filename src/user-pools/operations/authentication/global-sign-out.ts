import { NotAuthorizedException, UserNotFoundException } from "../../../api-model/index.ts";
import type { Operation } from "../../operation.ts";
import { ACCESS_TOKEN_REVOKED } from "../../tokens/index.ts";

/**
 * Signs the bearer of an access token out everywhere: revokes the tokens of all their sign-ins, this one's included.
 *
 * @see API Reference, "GlobalSignOut"
 */
export const globalSignOut: Operation<"GlobalSignOut"> = async (input, { store, clock, tokens }) => {
  const { user } = await tokens.verifyAccessToken(input.AccessToken).catch((error: unknown) => {
    // The operation does not know UserNotFoundException.
    if (error instanceof UserNotFoundException) {
      throw new NotAuthorizedException(ACCESS_TOKEN_REVOKED, { cause: error });
    }
    throw error;
  });
  await store.signIns.revokeAllOfUser(user.poolId, user.sub, clock.now());
  return {};
};
