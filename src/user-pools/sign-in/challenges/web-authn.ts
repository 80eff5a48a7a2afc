import { authSessionSeconds } from "../../app-clients/index.ts";
import {
  checkAssertion,
  type PasskeyChallenge,
  requestOptions,
  requireRelyingPartyId,
} from "../../passkeys/index.ts";
import { type Challenge, offeredState, passed } from "../challenge.ts";
import { invalidSession, required, wrongCredentials } from "../errors.ts";

const CHALLENGE_BYTES = 32;

/** The user proves with a passkey who they are. */
export const webAuthn: Challenge = {
  name: "WEB_AUTHN",

  async offer({ pool, client, user }, _given, { store, random }) {
    // It is never offered to a user without a passkey.
    if (user === undefined) throw invalidSession();
    const state = {
      challenge: Buffer.from(random.bytes(CHALLENGE_BYTES)).toString("base64url"),
      relyingPartyId: await requireRelyingPartyId(store, pool),
    } satisfies PasskeyChallenge;
    const options = await requestOptions(store, pool, user, state, authSessionSeconds(client) * 1000);
    return { parameters: { CREDENTIAL_REQUEST_OPTIONS: options }, state };
  },

  async verify({ attempt: { pool, user }, state }, responses, { store }) {
    const credential = required(responses, "CREDENTIAL");
    const challenge = offeredState<PasskeyChallenge>(state);
    const passkey = user && (await checkAssertion(store, pool, user, challenge, credential));
    // A passkey cannot be guessed, so a failure is no step towards a lockout.
    if (passkey === undefined) return { outcome: "failed", refusal: wrongCredentials(), counts: false };
    return passed(passkey.authenticatorAttachment === "cross-platform" ? "security key" : "passkey");
  },
};
