import { InvalidParameterException } from "../../../api-model/index.ts";
import type { Operation } from "../../operation.ts";
import { endSession } from "./end.ts";

/**
 * Ends another session of the bearer of an access token, with LINKED also those that are directly linked to it.
 *
 * @throws InvalidParameterException the caller's own session would end with it; the text is ours
 * @see API Reference, "RevokeUserSession"
 */
export const revokeUserSession: Operation<"RevokeUserSession"> = async (input, context) => {
  const { user, signIn } = await context.tokens.verifyAccessToken(input.AccessToken);
  await endSession(user, input, context, (found) => {
    const endsCaller =
      found.kind === "token"
        ? found.signIn.originJti === signIn.originJti
        : input.RevokeAssociatedSessions === "LINKED" && found.session.id === signIn.session?.ssoSessionId;
    if (endsCaller) throw new InvalidParameterException("The current session cannot be revoked.");
  });
  return {};
};
