import { flowEnabled, requireProvenClient } from "../../app-clients/index.ts";
import { confirmSignUpByCode, sealConfirmedSignUp } from "../../confirmation.ts";
import type { Operation } from "../../operation.ts";

/**
 * Confirms a sign-up by the code that was sent, which also verifies the address that it went to. Where the client allows
 * choice-based sign-in, the Session of the answer signs the user in.
 *
 * @throws UserNotFoundException there is no such user, and the client may know
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
  return { Session: sealConfirmedSignUp(client, user, sentTo.attribute, context) };
};
