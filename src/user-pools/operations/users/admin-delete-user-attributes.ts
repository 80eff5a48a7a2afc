import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { deleteAttributes } from "../../verification.ts";

/**
 * Deletes attributes of a user. An address is deleted with its verified flag, and no longer finds the user. Attributes that
 * the user does not have are no error.
 *
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @throws InvalidParameterException an attribute is not in the schema, or cannot be deleted
 * @see API Reference, "AdminDeleteUserAttributes"
 */
export const adminDeleteUserAttributes: Operation<"AdminDeleteUserAttributes"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  await deleteAttributes({ pool, username: input.Username, names: input.UserAttributeNames }, context);
  return {};
};
