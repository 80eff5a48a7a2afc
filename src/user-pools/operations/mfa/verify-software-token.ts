import {
  EnableSoftwareTokenMFAException,
  SoftwareTokenMFANotFoundException,
} from "../../../api-model/index.ts";
import type { TotpRecord, UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import { requireTotp, totpCodes, withFactor, withTotp } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";
import { finishTotpSetup, openTotpSetup } from "../../sign-in/index.ts";
import { requireOneProof } from "./associate-software-token.ts";
import { changeBearer } from "./change-bearer.ts";

/**
 * Registers an authenticator app by a first code of it. In a pool that demands MFA the app is a factor of the user's from now
 * on; elsewhere SetUserMFAPreference makes it one.
 *
 * @throws EnableSoftwareTokenMFAException the code is wrong; the secret stays as it was
 * @throws SoftwareTokenMFANotFoundException AssociateSoftwareToken was not called before
 * @see API Reference, "VerifySoftwareToken"
 */
export const verifySoftwareToken: Operation<"VerifySoftwareToken"> = async (
  { AccessToken, Session, UserCode, FriendlyDeviceName },
  context,
) => {
  requireOneProof(AccessToken, Session);
  const { stepOfCode } = await totpCodes();
  const now = context.clock.now();
  const registered = (secret: string | undefined): TotpRecord => {
    if (secret === undefined) throw notAssociated();
    const lastUsedStep = stepOfCode(secret, UserCode, now);
    if (lastUsedStep === undefined) throw wrongCode();
    return { secret, friendlyName: FriendlyDeviceName, lastUsedStep };
  };

  if (Session !== undefined) {
    const setup = await openTotpSetup(Session, context);
    const { pool } = setup.attempt;
    requireTotp(pool);
    const totp = registered(setup.state !== null && "secret" in setup.state ? setup.state.secret : undefined);
    const session = await finishTotpSetup(setup, (user) => withApp(pool, user, totp), context);
    return { Status: "SUCCESS", Session: session };
  }

  await changeBearer(AccessToken ?? "", context, (pool, user) => {
    requireTotp(pool);
    const totp = registered(user.pendingTotpSecret);
    return (current) => {
      // Another secret was associated meanwhile, or another call with this code was faster.
      if (current.pendingTotpSecret !== totp.secret) throw notAssociated();
      return withApp(pool, current, totp);
    };
  });
  return { Status: "SUCCESS" };
};

function withApp(pool: UserPoolRecord, user: UserRecord, totp: TotpRecord): UserRecord {
  const changed = withTotp(user, totp);
  return pool.settings.MfaConfiguration === "ON" ? withFactor(changed, "SOFTWARE_TOKEN_MFA") : changed;
}

const wrongCode = () =>
  new EnableSoftwareTokenMFAException("Code mismatch and fail enable Software Token MFA");

/** Which of the exceptions Cognito uses is not known. */
const notAssociated = () =>
  new SoftwareTokenMFANotFoundException("Software Token MFA does not exist for the user.");
