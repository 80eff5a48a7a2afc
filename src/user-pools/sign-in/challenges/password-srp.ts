import type { Challenge } from "../challenge.ts";
import { required } from "../errors.ts";

/** The user has chosen to prove the password by SRP. */
export const passwordSrp: Challenge = {
  name: "PASSWORD_SRP",
  offer: async () => ({ parameters: {} }),

  async verify(_open, responses) {
    required(responses, "SRP_A");
    return { outcome: "ask another", challenge: "PASSWORD_VERIFIER" };
  },
};
