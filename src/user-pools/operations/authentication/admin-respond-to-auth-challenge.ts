import type { Operation } from "../../operation.ts";
import { answer } from "../../sign-in/index.ts";
import { adminParty } from "./party.ts";
import { stepOutput } from "./step-output.ts";

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
  const { ChallengeName, ChallengeResponses = {}, Session } = input;
  return stepOutput(
    await answer(
      { ...party, challenge: ChallengeName, responses: ChallengeResponses, session: Session },
      context,
    ),
  );
};
