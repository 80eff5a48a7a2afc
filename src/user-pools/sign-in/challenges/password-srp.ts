import type { Challenge } from "../challenge.ts";
import { requireSrpA } from "./password-verifier.ts";

/** The user has chosen to prove the password by SRP. */
export const passwordSrp: Challenge = {
  name: "PASSWORD_SRP",
  offer: async () => ({ parameters: {} }),

  async verify(_open, responses, { crypto }) {
    requireSrpA(responses, crypto);
    return { outcome: "ask another", challenge: "PASSWORD_VERIFIER" };
  },
};
