import type { Operation } from "../../operation.ts";
import { answer } from "../../sign-in/index.ts";
import { publicParty } from "./party.ts";
import { stepOutput } from "./step-output.ts";

/**
 * Answers a challenge of a sign-in that InitiateAuth began.
 *
 * @see API Reference, "RespondToAuthChallenge"
 */
export const respondToAuthChallenge: Operation<"RespondToAuthChallenge"> = async (input, context) => {
  const party = await publicParty(context, input.ClientId);
  const { ChallengeName, ChallengeResponses = {}, Session } = input;
  return stepOutput(
    await answer(
      { ...party, challenge: ChallengeName, responses: ChallengeResponses, session: Session },
      context,
    ),
  );
};
