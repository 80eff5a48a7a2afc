import { InvalidParameterException } from "../../../api-model/index.ts";
import type { Challenge } from "../challenge.ts";
import { availableChallenges, choose } from "../choice.ts";
import { required } from "../errors.ts";
import { provePassword } from "../prove-password.ts";

/** The user chooses what to begin with. */
export const selectChallenge: Challenge = {
  name: "SELECT_CHALLENGE",

  offer: async () => ({ parameters: {} }),

  async verify({ attempt }, responses, context) {
    const answer = required(responses, "ANSWER");
    const chosen = (await availableChallenges(attempt, context)).find((challenge) => challenge === answer);
    if (chosen !== undefined) return choose(chosen, attempt, responses, context);
    // The text is ours.
    throw new InvalidParameterException(`Invalid ANSWER: ${answer} is not available.`);
  },
};

/** The user has chosen to type the password. */
export const password: Challenge = {
  name: "PASSWORD",
  offer: async () => ({ parameters: {} }),
  verify: ({ attempt }, responses, context) => provePassword(attempt, responses, context),
};

/** The user has chosen to prove the password by SRP. */
export const passwordSrp: Challenge = {
  name: "PASSWORD_SRP",
  offer: async () => ({ parameters: {} }),

  async verify(_open, responses) {
    required(responses, "SRP_A");
    return { outcome: "ask another", challenge: "PASSWORD_VERIFIER" };
  },
};
