import type { Operation } from "../../operation.ts";
import { startRegistration } from "../../passkeys/index.ts";
import { bearerWithPasskeys } from "./bearer.ts";

/**
 * Begins the registration of a passkey of the bearer of an access token.
 *
 * @throws NotAuthorizedException the access token is not valid, has expired or was revoked
 * @throws WebAuthnNotEnabledException the pool does not allow passkeys
 * @throws WebAuthnConfigurationMissingException the pool has no relying party
 * @throws LimitExceededException the user has as many passkeys as they may have
 * @see API Reference, "StartWebAuthnRegistration"
 */
export const startWebAuthnRegistration: Operation<"StartWebAuthnRegistration"> = async (
  { AccessToken },
  context,
) => {
  const bearer = await bearerWithPasskeys(AccessToken, context);
  return { CredentialCreationOptions: await startRegistration(bearer, context) };
};
