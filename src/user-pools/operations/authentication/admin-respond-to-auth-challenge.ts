import type { Operation } from "../../operation.ts";
import { adminParty } from "./party.ts";
import { respond } from "./respond.ts";

/**
 * Answers a challenge of a sign-in that AdminInitiateAuth began.
 *
 * @see API Reference, "AdminRespondToAuthChallenge"
 */
export const adminRespondToAuthChallenge: Operation<"AdminRespondToAuthChallenge"> = async (
  input,
  context,
) => {
  const party = await adminParty(context, input.UserPoolId, input.ClientId);
  return respond(party, input, context);
};
