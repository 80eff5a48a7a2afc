import { InvalidParameterException } from "../../../api-model/index.ts";
import type { Challenge } from "../challenge.ts";
import { invalidSession, required } from "../errors.ts";
import { secondFactorsToChoose } from "../step-up.ts";

/** The user has several second factors and chooses one of them. A code is sent only after that. */
export const selectMfaType: Challenge = {
  name: "SELECT_MFA_TYPE",

  async offer(attempt) {
    const { user } = attempt;
    if (user === undefined) throw invalidSession();
    return {
      parameters: {
        USER_ID_FOR_SRP: user.username,
        MFAS_CAN_CHOOSE: JSON.stringify(secondFactorsToChoose({ ...attempt, user })),
      },
    };
  },

  async verify({ attempt }, responses) {
    const { user } = attempt;
    const answer = required(responses, "ANSWER");
    if (user === undefined) throw invalidSession();
    // The guide also calls e-mail codes EMAIL_MFA.
    const chosen = answer === "EMAIL_MFA" ? "EMAIL_OTP" : answer;
    const challenge = secondFactorsToChoose({ ...attempt, user }).find((factor) => factor === chosen);
    if (challenge !== undefined) return { outcome: "ask another", challenge };
    // The text is ours.
    throw new InvalidParameterException(`Invalid ANSWER: ${answer} is no MFA method of the user.`);
  },
};
