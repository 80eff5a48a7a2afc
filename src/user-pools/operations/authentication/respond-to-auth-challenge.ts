import type { Operation } from "../../operation.ts";
import { publicParty } from "./party.ts";
import { respond } from "./respond.ts";

/**
 * Answers a challenge of a sign-in that InitiateAuth began.
 *
 * @see API Reference, "RespondToAuthChallenge"
 */
export const respondToAuthChallenge: Operation<"RespondToAuthChallenge"> = async (input, context) => {
  const party = await publicParty(context, input.ClientId);
  return respond(party, input, context);
};
