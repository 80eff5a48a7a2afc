import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { updateAttributes } from "../../verification.ts";

/**
 * Sets attributes of a user; an empty value deletes the attribute. A new address is unverified unless the request says that it is
 * verified; where the pool verifies such addresses, a code goes to it. A verified address that is the alias of another user
 * becomes this user's (decision 283).
 *
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @throws InvalidParameterException an attribute does not conform to the schema or cannot change, or a code was not delivered:
 *   the change is kept then
 * @throws AliasExistsException another user has the address, where usernames are addresses, or the preferred username
 * @see API Reference, "AdminUpdateUserAttributes"
 */
export const adminUpdateUserAttributes: Operation<"AdminUpdateUserAttributes"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  await updateAttributes(
    { pool, username: input.Username, clientId: null, changes: input.UserAttributes },
    context,
  );
  return {};
};
