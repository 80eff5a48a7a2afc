import type { Operation } from "../../operation.ts";
import { completeRegistration } from "../../passkeys/index.ts";
import { bearerWithPasskeys } from "./bearer.ts";

/**
 * Keeps the passkey that an authenticator made.
 *
 * @throws NotAuthorizedException the access token is not valid, has expired or was revoked
 * @throws WebAuthnNotEnabledException the pool does not allow passkeys
 * @throws WebAuthnChallengeNotFoundException no registration was begun, or its time is over
 * @throws WebAuthnClientMismatchException another app client began it
 * @throws WebAuthnOriginNotAllowedException the page is not of the relying party
 * @throws WebAuthnRelyingPartyMismatchException the passkey is for another relying party
 * @throws WebAuthnCredentialNotSupportedException it is malformed, or of an algorithm that was not offered
 * @throws LimitExceededException the user has as many passkeys as they may have
 * @throws InvalidParameterException it is registered already, or no credential of a registration
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
