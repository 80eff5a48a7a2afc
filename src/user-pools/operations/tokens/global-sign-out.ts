import type { Operation } from "../../operation.ts";

/**
 * Signs the bearer of an access token out everywhere: revokes the tokens of all their sign-ins, this one's included.
 *
 * @throws NotAuthorizedException the access token is not valid, has expired or was revoked
 * @see API Reference, "GlobalSignOut"
 */
export const globalSignOut: Operation<"GlobalSignOut"> = async (input, { store, clock, tokens }) => {
  const { user } = await tokens.verifyAccessToken(input.AccessToken);
  await store.signIns.revokeAllOfUser(user.poolId, user.sub, clock.now());
  return {};
};
