import type { Operation } from "../../operation.ts";
import { verifyAddress } from "../../verification.ts";
import { requireVerifiable } from "./verifiable.ts";

/**
 * Verifies an address of the bearer of an access token by the code that was sent to it. An address that waited for its
 * code replaces the previous one.
 *
 * @throws NotAuthorizedException the access token is invalid
 * @throws InvalidParameterException the attribute is no address
 * @throws LimitExceededException too many attempts in an hour
 * @throws ExpiredCodeException the user was sent no code, it was used, or its time is over
 * @throws CodeMismatchException it is another code
 * @throws AliasExistsException the address is an alias of another user
 * @see API Reference, "VerifyUserAttribute"
 */
export const verifyUserAttribute: Operation<"VerifyUserAttribute"> = async (input, context) => {
  const { pool, user } = await context.tokens.verifyAccessToken(input.AccessToken);
  await verifyAddress(pool, user, requireVerifiable(input.AttributeName), input.Code, context);
  return {};
};
