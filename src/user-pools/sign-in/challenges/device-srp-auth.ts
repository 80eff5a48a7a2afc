import type { Attempt, Parameters, SignInContext } from "../attempt.ts";
import { type Challenge, passed, type Verdict } from "../challenge.ts";
import { required, wrongCredentials } from "../errors.ts";
import { deviceOf } from "./device-password-verifier.ts";
import { requireSrpA } from "./password-verifier.ts";

/** A device begins its proof with its SRP_A. */
export const deviceSrpAuth: Challenge = {
  name: "DEVICE_SRP_AUTH",

  offer: async ({ user }) => ({ parameters: { USERNAME: user?.username ?? "" } }),

  async verify({ attempt }, responses, context) {
    required(responses, "DEVICE_KEY");
    if (attempt.channel === "pages") return proveByPassword(attempt, responses, context);
    requireSrpA(responses, context.crypto);
    await deviceOf(attempt, context);
    return { outcome: "ask another", challenge: "DEVICE_PASSWORD_VERIFIER" };
  },
};

/** The pages keep the password of a browser in a sealed cookie, so it comes to this server by itself. */
async function proveByPassword(
  attempt: Attempt,
  responses: Parameters,
  context: SignInContext,
): Promise<Verdict> {
  const { deviceKey: username, deviceGroupKey: poolName, verifier } = await deviceOf(attempt, context);
  const password = required(responses, "DEVICE_PASSWORD");
  const isRight = await context.crypto.srp.matches({ poolName, username }, password, verifier);
  return isRight ? passed("device") : { outcome: "failed", refusal: wrongCredentials(), counts: false };
}
