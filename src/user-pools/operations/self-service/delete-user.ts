import type { Operation } from "../../operation.ts";

/**
 * Deletes the bearer of an access token, with their memberships and sign-ins: their tokens are of no user from then on.
 *
 * @throws NotAuthorizedException the access token is invalid
 * @see API Reference, "DeleteUser"
 */
export const deleteUser: Operation<"DeleteUser"> = async (input, { store, tokens }) => {
  const { pool, user } = await tokens.verifyAccessToken(input.AccessToken);
  await store.users.delete(pool.id, user.sub);
  return {};
};
