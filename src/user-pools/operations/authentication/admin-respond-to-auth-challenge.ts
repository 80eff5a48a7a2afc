import type { Operation } from "../../operation.ts";
import { adminParty } from "./party.ts";
import { respond } from "./respond.ts";

/**
 * Answers a challenge of a sign-in that AdminInitiateAuth began.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such client
 * @throws InvalidParameterException a response is missing or malformed; the challenge stays open
 * @throws NotAuthorizedException the client's secret or the answer is wrong, or the Session is of another attempt, has
 *   expired or was used
 * @throws CodeMismatchException the code is wrong
 * @throws ExpiredCodeException the code of an authenticator app was used already
 * @throws InvalidPasswordException a new password breaks the pool's policy
 * @throws UserLambdaValidationException a trigger refuses the sign-in
 * @see API Reference, "AdminRespondToAuthChallenge"
 */
export const adminRespondToAuthChallenge: Operation<"AdminRespondToAuthChallenge"> = async (
  input,
  context,
) => {
  const party = await adminParty(context, input.UserPoolId, input.ClientId);
  return respond(party, input, context);
};
