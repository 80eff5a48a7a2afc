import type { Operation } from "../../operation.ts";
import { startRegistration } from "../../passkeys/index.ts";
import { bearerWithPasskeys } from "./bearer.ts";

/**
 * Begins the registration of a passkey of the bearer of an access token.
 *
 * @see API Reference, "StartWebAuthnRegistration"
 */
export const startWebAuthnRegistration: Operation<"StartWebAuthnRegistration"> = async (
  { AccessToken },
  context,
) => {
  const bearer = await bearerWithPasskeys(AccessToken, context);
  return { CredentialCreationOptions: await startRegistration(bearer, context) };
};
