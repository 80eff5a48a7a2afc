import { InvalidParameterException, UnsupportedOperationException } from "../../../api-model/index.ts";
import type { Flow } from "../flow.ts";

/** Sign-in by challenges that Lambda triggers define. Not built yet: refused, as Cognito does in pools without the triggers. */
export const customAuth: Flow = {
  name: "CUSTOM_AUTH",
  channels: ["public", "admin"],
  notEnabledMessage: "CUSTOM_AUTH is not enabled for the client.",
  namesUserBy: "USERNAME",
  async begin({ pool }) {
    const { DefineAuthChallenge, CreateAuthChallenge, VerifyAuthChallengeResponse } =
      pool.settings.LambdaConfig ?? {};
    if (!DefineAuthChallenge || !CreateAuthChallenge || !VerifyAuthChallengeResponse) {
      throw new InvalidParameterException("Custom auth lambda trigger is not configured for the user pool.");
    }
    throw new UnsupportedOperationException("This server does not offer the CUSTOM_AUTH flow yet.");
  },
};
