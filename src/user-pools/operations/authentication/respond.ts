import type { ChallengeNameType, RespondToAuthChallengeResponse } from "../../../api-model/index.ts";
import { checkSecretHash } from "../../app-clients/index.ts";
import type { OperationContext } from "../../operation.ts";
import { answerChallenge, type Parameters, type Party, required } from "../../sign-in/index.ts";
import { stepOutput } from "./step-output.ts";

interface Answer {
  readonly ChallengeName: ChallengeNameType;
  readonly ChallengeResponses?: Parameters | undefined;
  readonly Session?: string | undefined;
}

/**
 * The common part of RespondToAuthChallenge and AdminRespondToAuthChallenge: the rules of the API, then the step that the answer
 * leads to.
 *
 * @throws InvalidParameterException USERNAME is missing
 * @throws NotAuthorizedException the client has a secret and SECRET_HASH does not prove it
 */
export async function respond(
  party: Party,
  { ChallengeName: challenge, ChallengeResponses: responses = {}, Session: session }: Answer,
  context: OperationContext,
): Promise<RespondToAuthChallengeResponse> {
  const { USERNAME, SECRET_HASH } = responses;
  if (USERNAME !== undefined || SECRET_HASH === undefined) {
    checkSecretHash(party.client, USERNAME ?? "", SECRET_HASH);
  }
  const name = required(responses, "USERNAME");
  return stepOutput(
    await answerChallenge({ ...party, challenge, name, responses, session }, context),
    context,
    challenge,
  );
}
