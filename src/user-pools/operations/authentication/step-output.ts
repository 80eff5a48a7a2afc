import type { InitiateAuthResponse } from "../../../api-model/index.ts";
import type { Step } from "../../sign-in/index.ts";

/** A step in the form that all four operations answer with. */
export function stepOutput(step: Step): InitiateAuthResponse {
  if (step.kind === "grant") return { ChallengeParameters: {}, AuthenticationResult: step.result };
  const { challenge, session, parameters } = step;
  return { ChallengeName: challenge, Session: session, ChallengeParameters: { ...parameters } };
}
