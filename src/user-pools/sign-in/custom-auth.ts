/**
 * Custom sign-ins: rounds of challenges that a pool's own functions put and judge.
 *
 * @see Developer Guide, "Custom authentication challenge Lambda triggers"
 */
import type { ChallengeNameType } from "../../api-model/index.ts";
import { hidesUserExistence } from "../app-clients/index.ts";
import { type ChallengeRound, type TriggerEvent, unrecognizableOutput } from "../triggers/index.ts";
import type { Attempt, SignInContext } from "./attempt.ts";
import { wrongCredentials } from "./errors.ts";

/** The facts of an attempt for the three functions of custom sign-ins. */
export function customEvent<Request extends object>(
  { pool, client, name, user }: Attempt,
  request: Request,
  { request: requestContext }: Pick<SignInContext, "request">,
) {
  return {
    pool,
    clientId: client.id,
    username: user?.username ?? name,
    user,
    request: { ...request, ...(hidesUserExistence(client) && { userNotFound: user === undefined }) },
    requestContext,
  } satisfies Omit<TriggerEvent<"DefineAuthChallenge_Authentication">, "request"> & { request: object };
}

/** The attempt with one more finished round. */
export function withRound<T extends Attempt>(attempt: T, round: ChallengeRound | undefined): T {
  return round === undefined ? attempt : { ...attempt, rounds: [...attempt.rounds, round] };
}

/** The round of a challenge that the service itself put and found answered; only custom sign-ins keep their rounds. */
export function passedRound(
  { flow }: Attempt,
  challengeName: ChallengeNameType | undefined,
): ChallengeRound | undefined {
  if (flow !== "CUSTOM_AUTH" || challengeName === undefined) return undefined;
  return { challengeName, challengeResult: true, challengeMetadata: null };
}

/**
 * Invokes DefineAuthChallenge for the next step.
 *
 * @returns undefined when the user is signed in
 * @throws NotAuthorizedException the sign-in has failed
 * @throws InvalidLambdaResponseException the function decided nothing that can be done
 */
export async function defineNext(
  attempt: Attempt,
  context: Pick<SignInContext, "triggers" | "request">,
): Promise<"CUSTOM_CHALLENGE" | "PASSWORD_VERIFIER" | undefined> {
  const response = await context.triggers.invoke(
    "DefineAuthChallenge_Authentication",
    customEvent(attempt, { session: attempt.rounds }, context),
  );
  const { failAuthentication, issueTokens, challengeName } = response ?? {};
  // A function that sets both issueTokens and failAuthentication must not sign a user in.
  if (failAuthentication) throw wrongCredentials();
  if (issueTokens) return undefined;
  const hasSrp = attempt.rounds.some((round) => round.challengeName === "SRP_A");
  if (challengeName === "CUSTOM_CHALLENGE") return challengeName;
  if (challengeName === "PASSWORD_VERIFIER" && hasSrp) return challengeName;
  throw unrecognizableOutput();
}
