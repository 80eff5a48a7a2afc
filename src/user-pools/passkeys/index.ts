/**
 * Passkeys of users (WebAuthn): for which site they are, registering one, checking what one answers.
 *
 * The ceremonies are verified by @simplewebauthn/server. Leaves to others: the challenge of a sign-in
 * (`sign-in/challenges/`), which first factors there are (`mfa/`).
 */
export { checkAssertion, type PasskeyChallenge, requestOptions } from "./authentication.ts";
export { hasPasskey } from "./has-passkey.ts";
export { completeRegistration, MAX_PASSKEYS, startRegistration } from "./registration.ts";
export { isOriginOf, relyingPartyId, requirePasskeys, requireRelyingPartyId } from "./relying-party.ts";
