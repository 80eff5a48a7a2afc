import type { Operation } from "../../operation.ts";
import { initiate } from "./initiate.ts";
import { adminParty } from "./party.ts";

/**
 * Begins a sign-in on an administrator's behalf, or refreshes one.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such client
 * @throws InvalidParameterException the operation does not take the flow, the client does not allow it, or a parameter is missing
 * @throws NotAuthorizedException the client's secret, the password or the refresh token is wrong, or the user is disabled
 *   or locked out
 * @throws UserNotFoundException there is no such user, and the app client does not hide that
 * @throws UserNotConfirmedException the user has signed up and not confirmed it
 * @throws PasswordResetRequiredException the user must set another password first
 * @throws UserLambdaValidationException a trigger refuses the sign-in
 * @see API Reference, "AdminInitiateAuth"
 */
export const adminInitiateAuth: Operation<"AdminInitiateAuth"> = async (input, context) => {
  const party = await adminParty(context, input.UserPoolId, input.ClientId);
  return initiate(party, input, context);
};
