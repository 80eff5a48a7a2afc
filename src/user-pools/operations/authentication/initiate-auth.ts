import type { Operation } from "../../operation.ts";
import { initiate } from "./initiate.ts";
import { publicParty } from "./party.ts";

/**
 * Begins a sign-in, or refreshes one.
 *
 * @throws ResourceNotFoundException there is no such app client
 * @throws InvalidParameterException the operation does not take the flow, the client does not allow it, or a parameter is missing
 * @throws NotAuthorizedException the client's secret, the password or the refresh token is wrong, or the user is disabled
 *   or locked out
 * @throws UserNotFoundException there is no such user, and the app client does not hide that
 * @throws UserNotConfirmedException the user has signed up and not confirmed it
 * @throws PasswordResetRequiredException the user must set another password first
 * @throws UserLambdaValidationException a trigger refuses the sign-in
 * @see API Reference, "InitiateAuth"
 */
export const initiateAuth: Operation<"InitiateAuth"> = async (input, context) => {
  const party = await publicParty(context, input.ClientId);
  return initiate(party, input, context);
};
