import { checkAttributeDeletion } from "../../attributes/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { changeUser, removeAttributes, signInNamesOf } from "../../users/index.ts";

/**
 * Takes attributes away from a user; an address goes with its verified flag and no longer finds the user. Attributes that
 * the user does not have are no error.
 *
 * @throws UserNotFoundException nobody answers to that username, alias or `sub`
 * @throws InvalidParameterException an attribute is not in the schema, or cannot be taken away
 * @see API Reference, "AdminDeleteUserAttributes"
 */
export const adminDeleteUserAttributes: Operation<"AdminDeleteUserAttributes"> = async (
  input,
  { store, clock },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  const now = clock.now();
  await changeUser(store, pool, input.Username, (user) => {
    checkAttributeDeletion(pool, input.UserAttributeNames);
    const attributes = removeAttributes(user.attributes, input.UserAttributeNames);
    return {
      ...user,
      attributes,
      signInNames: signInNamesOf(pool, user.username, attributes),
      lastModifiedAt: now,
    };
  });
  return {};
};
