import { InvalidParameterException } from "../../../api-model/index.ts";
import type { Operation } from "../../operation.ts";
import { sendVerificationCode } from "../../verification.ts";
import { requireVerifiable } from "./verifiable.ts";

/** How the refusal names each address; the one for phone numbers was recorded, that for e-mail is by analogy. */
const NAMES = { email: "email", phone_number: "phone number" } as const;

/**
 * Sends the bearer of an access token a code that proves their present address, verified or not. Another code to an address that
 * waits for one comes from UpdateUserAttributes with that address (docs/decisions/0358-codes-of-waiting-addresses.md).
 *
 * @throws NotAuthorizedException the access token is invalid
 * @throws InvalidParameterException the attribute is no address, or the user has none
 * @throws LimitExceededException too many codes in an hour
 * @throws CodeDeliveryFailureException the message was not delivered; the code stays valid
 * @see API Reference, "GetUserAttributeVerificationCode"
 */
export const getUserAttributeVerificationCode: Operation<"GetUserAttributeVerificationCode"> = async (
  input,
  context,
) => {
  const { pool, client, user } = await context.tokens.verifyAccessToken(input.AccessToken);
  const attribute = requireVerifiable(input.AttributeName);
  const value = user.attributes[attribute];
  if (value === undefined) {
    throw new InvalidParameterException(`User does not have a valid registered ${NAMES[attribute]}`);
  }
  const details = await sendVerificationCode(pool, user, { attribute, value }, client.id, context);
  return { CodeDeliveryDetails: details };
};
