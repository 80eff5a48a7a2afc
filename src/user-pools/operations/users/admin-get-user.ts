import { mfaMembers, mfaOptions } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { attributesOf, requireUser } from "../../users/index.ts";

/**
 * Shows a user with all of their attributes.
 *
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @see API Reference, "AdminGetUser"
 */
export const adminGetUser: Operation<"AdminGetUser"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const user = await requireUser(store, pool, input.Username);
  return {
    Username: user.username,
    UserAttributes: attributesOf(user),
    UserCreateDate: user.createdAt,
    UserLastModifiedDate: user.lastModifiedAt,
    Enabled: user.enabled,
    UserStatus: user.status,
    ...mfaOptions(user),
    ...mfaMembers(user),
  };
};
