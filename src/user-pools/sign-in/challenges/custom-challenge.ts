import { type Challenge, offeredState } from "../challenge.ts";
import { customEvent } from "../custom-auth.ts";
import { required } from "../errors.ts";

/** The private parameters of the pool's functions, from the offer to the answer. */
interface CustomState {
  readonly privateParameters: Readonly<Record<string, string>>;
  readonly metadata: string | null;
}

/**
 * A challenge that the pool's CreateAuthChallenge function makes and its VerifyAuthChallengeResponse function judges. A wrong
 * answer is no failure by itself: DefineAuthChallenge says what comes of it.
 *
 * @see Developer Guide, "Custom authentication challenge Lambda triggers"
 */
export const customChallenge: Challenge = {
  name: "CUSTOM_CHALLENGE",
  usedUpBy: "ANSWER",

  async offer(attempt, _, context) {
    const request = { challengeName: "CUSTOM_CHALLENGE", session: attempt.rounds } as const;
    const response = await context.triggers.invoke(
      "CreateAuthChallenge_Authentication",
      customEvent(attempt, request, context),
    );
    const { user, name } = attempt;
    return {
      parameters: { USERNAME: user?.username ?? name, ...response?.publicChallengeParameters },
      state: {
        privateParameters: response?.privateChallengeParameters ?? {},
        metadata: response?.challengeMetadata ?? null,
      } satisfies CustomState,
    };
  },

  async verify({ attempt, state }, responses, context) {
    const { privateParameters, metadata } = offeredState<CustomState>(state);
    const request = {
      privateChallengeParameters: privateParameters,
      challengeAnswer: required(responses, "ANSWER"),
    };
    const response = await context.triggers.invoke(
      "VerifyAuthChallengeResponse_Authentication",
      customEvent(attempt, request, context),
    );
    return {
      outcome: "round",
      round: {
        challengeName: "CUSTOM_CHALLENGE",
        challengeResult: response?.answerCorrect ?? false,
        challengeMetadata: metadata,
      },
    };
  },
};
