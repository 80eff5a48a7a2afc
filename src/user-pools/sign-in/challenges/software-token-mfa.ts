import {
  CodeMismatchException,
  ExpiredCodeException,
  SoftwareTokenMFANotFoundException,
} from "../../../api-model/index.ts";
import type { TotpRecord, UserRecord } from "../../../storage/index.ts";
import { isStepUsed, totpCodes } from "../../mfa/index.ts";
import type { Challenge } from "../challenge.ts";
import { required } from "../errors.ts";

/**
 * The user answers with a code of their authenticator app. Each code is accepted once.
 *
 * @see RFC 6238 §5.2
 */
export const softwareTokenMfa: Challenge = {
  name: "SOFTWARE_TOKEN_MFA",

  async offer({ user }, { ANSWER }) {
    const { friendlyName } = requireTotpOf(user);
    return {
      parameters: {
        // The service omits it after a choice (AWS CLI's example of respond-to-auth-challenge).
        ...(ANSWER === undefined && { USER_ID_FOR_SRP: user?.username ?? "" }),
        ...(friendlyName !== undefined && { FRIENDLY_DEVICE_NAME: friendlyName }),
      },
    };
  },

  async verify({ attempt: { user } }, responses, { clock }) {
    const totp = requireTotpOf(user);
    const { stepOfCode } = await totpCodes();
    const step = stepOfCode(totp.secret, required(responses, "SOFTWARE_TOKEN_MFA_CODE"), clock.now());
    if (step === undefined) {
      const refusal = new CodeMismatchException("Invalid code received for user");
      return { outcome: "failed", refusal, counts: true };
    }
    return {
      outcome: "passed",
      factor: "totp",
      change(current) {
        const present = requireTotpOf(current);
        // This code was used before, or another app was registered meanwhile.
        if (present.secret !== totp.secret || isStepUsed(present, step, clock.now())) throw usedCode();
        return { ...current, totp: { ...present, lastUsedStep: step } };
      },
    };
  },
};

function requireTotpOf(user: UserRecord | undefined): TotpRecord {
  if (user?.totp !== undefined) return user.totp;
  throw new SoftwareTokenMFANotFoundException("Software Token MFA does not exist for the user.");
}

const usedCode = () => new ExpiredCodeException("Your software token has already been used once.");
