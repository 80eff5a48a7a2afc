import type { CodeDestination, UserPoolRecord } from "../../../storage/index.ts";
import { flowEnabled, requireProvenClient } from "../../app-clients/index.ts";
import {
  confirmSignUpByCode,
  factorOfAddress,
  isSignUpSession,
  type SignUpFactor,
  sealConfirmedSignUp,
  sealSignUp,
} from "../../confirmation.ts";
import { allowedFirstFactors } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";

/**
 * Confirms a sign-up by the code that was sent, which also verifies the address that it went to. Where the client allows
 * choice-based sign-in, the Session of the answer signs the user in: with the Session of SignUp by the password that was set
 * there, else by the code, if the pool lets users begin with codes to such an address. Amplify for Android and Swift send SignUp's
 * (aws-amplify/amplify-android#3136, aws-amplify/amplify-swift#4090); Amplify for JavaScript sends none.
 *
 * @throws UserNotFoundException there is no such user, and the app client does not hide that
 * @throws NotAuthorizedException the client's secret is not proved, the user is disabled or does not wait for confirmation
 * @throws LimitExceededException too many attempts in an hour
 * @throws ExpiredCodeException the user was sent no code, it was replaced or its time is over
 * @throws CodeMismatchException it is another code
 * @throws AliasExistsException the address is an alias of another user, and ForceAliasCreation does not say to take it
 * @see API Reference, "ConfirmSignUp"
 */
export const confirmSignUp: Operation<"ConfirmSignUp"> = async (input, context) => {
  const { client, pool } = await requireProvenClient(context.store, input);
  const { user, sentTo } = await confirmSignUpByCode(
    {
      pool,
      client,
      username: input.Username,
      code: input.ConfirmationCode,
      takesOverAliases: input.ForceAliasCreation ?? false,
    },
    context,
  );
  if (!flowEnabled(client, "USER_AUTH")) return {};
  const isOwnSignUp = input.Session !== undefined && isSignUpSession(client, user, input.Session, context);
  const factor = user.password && isOwnSignUp ? "password" : firstFactorOf(pool, sentTo);
  return {
    Session: factor ? sealConfirmedSignUp(client, user, factor, context) : sealSignUp(client, user, context),
  };
};

/** @returns undefined if the pool allows no sign-in by a code to that address */
function firstFactorOf(pool: UserPoolRecord, sentTo: CodeDestination): SignUpFactor | undefined {
  const factor = factorOfAddress(sentTo);
  return allowedFirstFactors(pool).includes(factor === "email" ? "EMAIL_OTP" : "SMS_OTP")
    ? factor
    : undefined;
}
