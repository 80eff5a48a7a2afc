import { checkWritable } from "../../attributes/index.ts";
import type { Operation } from "../../operation.ts";
import { deleteAttributes } from "../../verification.ts";

/**
 * Deletes attributes of the bearer of an access token. An address is deleted with its verified flag, and no longer finds the
 * user.
 *
 * @throws NotAuthorizedException the access token is invalid, or its client may not write an attribute
 * @throws InvalidParameterException an attribute is not in the schema, or cannot be deleted
 * @see API Reference, "DeleteUserAttributes"
 */
export const deleteUserAttributes: Operation<"DeleteUserAttributes"> = async (input, context) => {
  const { pool, client, user } = await context.tokens.verifyAccessToken(input.AccessToken);
  const names = input.UserAttributeNames;
  checkWritable(
    pool,
    client,
    names.map((Name) => ({ Name })),
  );
  await deleteAttributes({ pool, username: user.sub, names }, context);
  return {};
};
