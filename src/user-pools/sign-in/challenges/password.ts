import type { Challenge } from "../challenge.ts";
import { provePassword } from "../prove-password.ts";

/** The user has chosen to type the password. */
export const password: Challenge = {
  name: "PASSWORD",
  offer: async () => ({ parameters: {} }),
  verify: ({ attempt }, responses, context) => provePassword(attempt, responses, context),
};
