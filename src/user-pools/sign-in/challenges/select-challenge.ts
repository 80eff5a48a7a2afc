import { InvalidParameterException } from "../../../api-model/index.ts";
import type { Challenge } from "../challenge.ts";
import { availableChallenges, choose } from "../choice.ts";
import { required } from "../errors.ts";

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
