import { readableBy } from "../../attributes/index.ts";
import { mfaMembers, mfaOptions } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";
import { attributesOf } from "../../users/index.ts";

/**
 * The user who bears an access token, with the attributes that its app client may read.
 *
 * @throws NotAuthorizedException the access token is not valid, has expired or was revoked
 * @throws UserNotFoundException the user was deleted
 * @see API Reference, "GetUser"
 */
export const getUser: Operation<"GetUser"> = async (input, { tokens }) => {
  const { pool, client, user } = await tokens.verifyAccessToken(input.AccessToken);
  const isReadable = readableBy(pool, client);
  return {
    Username: user.username,
    UserAttributes: attributesOf(user).filter(({ Name }) => isReadable(Name)),
    ...mfaOptions(user),
    ...mfaMembers(user),
  };
};
