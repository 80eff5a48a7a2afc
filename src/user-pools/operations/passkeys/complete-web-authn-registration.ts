import type { Operation } from "../../operation.ts";
import { completeRegistration } from "../../passkeys/index.ts";
import { bearerWithPasskeys } from "./bearer.ts";

/**
 * Keeps the passkey that an authenticator made.
 *
 * @see API Reference, "CompleteWebAuthnRegistration"
 */
export const completeWebAuthnRegistration: Operation<"CompleteWebAuthnRegistration"> = async (
  { AccessToken, Credential },
  context,
) => {
  const bearer = await bearerWithPasskeys(AccessToken, context);
  await completeRegistration(bearer, Credential, context);
  return {};
};
