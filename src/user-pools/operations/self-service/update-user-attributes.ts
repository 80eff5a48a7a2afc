import { checkWritable } from "../../attributes/index.ts";
import type { Operation } from "../../operation.ts";
import { updateAttributes } from "../../verification.ts";

/**
 * Sets attributes of the bearer of an access token; an empty value deletes the attribute. A new address is unverified;
 * where the pool verifies such addresses, a code goes to it.
 *
 * @throws NotAuthorizedException the access token is invalid, or its client may not write an attribute
 * @throws InvalidParameterException an attribute does not conform to the schema, or cannot change
 * @throws AliasExistsException another user has the address or alias
 * @throws CodeDeliveryFailureException a code was not delivered; the change is kept
 * @see API Reference, "UpdateUserAttributes"
 */
export const updateUserAttributes: Operation<"UpdateUserAttributes"> = async (input, context) => {
  const { pool, client, user } = await context.tokens.verifyAccessToken(input.AccessToken);
  checkWritable(pool, client, input.UserAttributes);
  const sent = await updateAttributes(
    { pool, username: user.sub, clientId: client.id, changes: input.UserAttributes },
    context,
  );
  return { CodeDeliveryDetailsList: sent.length > 0 ? sent : undefined };
};
