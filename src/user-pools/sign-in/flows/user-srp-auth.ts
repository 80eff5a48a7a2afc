import { required } from "../errors.ts";
import type { Flow } from "../flow.ts";
import { attemptOf } from "../step.ts";
import { findSigningIn, refuseBeforeProof } from "../user-state.ts";

/** Sign-in by the Secure Remote Password protocol: the password is proved without being sent. */
export const userSrpAuth: Flow = {
  name: "USER_SRP_AUTH",
  channels: ["public", "admin"],
  notEnabledMessage: "USER_SRP_AUTH is not enabled for the client.",
  namesUserBy: "USERNAME",
  async begin(request, context) {
    const name = required(request.parameters, "USERNAME");
    required(request.parameters, "SRP_A");
    const user = await findSigningIn(request, name, context);
    if (user !== undefined) refuseBeforeProof(request.client, user, context.clock.now());
    return { kind: "challenge", challenge: "PASSWORD_VERIFIER", attempt: attemptOf(request, name, user) };
  },
};
