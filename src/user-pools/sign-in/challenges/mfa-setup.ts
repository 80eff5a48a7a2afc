import { InvalidParameterException, type JsonValue } from "../../../api-model/index.ts";
import { checkEmailAddress, checkPhoneNumber } from "../../attributes/index.ts";
import { factorsToSetUp, mustSetUpFactor } from "../../mfa/index.ts";
import { type Challenge, passed } from "../challenge.ts";
import { invalidSession } from "../errors.ts";

/** How far setting up an authenticator app inside of a sign-in has come. */
export type SetupState =
  | null
  /** AssociateSoftwareToken gave the secret. */
  | { readonly secret: string }
  /** VerifySoftwareToken took a first code, which registered the app. */
  | { readonly isRegistered: true };

export const setupStateOf = (state: JsonValue) => state as SetupState;

/**
 * The pool demands a second factor and the user has none. They set up an authenticator app with AssociateSoftwareToken and
 * VerifySoftwareToken and answer with the Session of the latter, or answer with an e-mail address that a code is sent to. On
 * the login pages they can also give a phone number, for which the API has no parameter.
 */
export const mfaSetup: Challenge = {
  name: "MFA_SETUP",

  async offer({ pool, user }) {
    if (user === undefined) throw invalidSession();
    return {
      parameters: {
        USER_ID_FOR_SRP: user.username,
        MFAS_CAN_SETUP: JSON.stringify(factorsToSetUp(pool, user)),
      },
    };
  },

  async verify({ attempt: { pool, user, channel }, state }, responses) {
    const setup = setupStateOf(state);
    if (setup !== null && "isRegistered" in setup) return passed("totp");
    // Otherwise an older Session would bypass the factor that the user has set up since.
    if (user === undefined || !mustSetUpFactor(pool, user)) throw invalidSession();
    const address = responses.EMAIL ?? responses.email;
    if (address !== undefined && factorsToSetUp(pool, user).includes("EMAIL_OTP")) {
      // Before the Session is used up, so that the user can correct it.
      checkEmailAddress(address);
      return { outcome: "ask another", challenge: "EMAIL_OTP" };
    }
    const number = channel === "pages" ? responses.PHONE_NUMBER : undefined;
    if (number !== undefined && factorsToSetUp(pool, user).includes("SMS_MFA")) {
      checkPhoneNumber(number);
      return { outcome: "ask another", challenge: "SMS_MFA" };
    }
    // The text is ours.
    throw new InvalidParameterException("No MFA method has been set up.");
  },
};
