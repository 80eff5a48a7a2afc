import { InvalidParameterException } from "../../../api-model/index.ts";
import type { Operation } from "../../operation.ts";
import { endSession } from "./end.ts";

/**
 * Ends another session of the bearer of an access token.
 *
 * @throws InvalidParameterException it is the session that asks; the text is ours
 * @see API Reference, "RevokeUserSession"
 */
export const revokeUserSession: Operation<"RevokeUserSession"> = async (
  { AccessToken, SessionId },
  context,
) => {
  const bearer = await context.tokens.verifyAccessToken(AccessToken);
  await endSession(bearer.user, SessionId, context, ({ originJti }) => {
    if (originJti !== bearer.signIn.originJti) return;
    throw new InvalidParameterException("The current session cannot be revoked.");
  });
  return {};
};
