import type { Operation } from "../../operation.ts";
import { listSessionsPage } from "./list.ts";

/**
 * Lists the sessions of the bearer of an access token, at all app clients.
 *
 * @throws OperationNotEnabledException the pool does not track sessions
 * @see API Reference, "ListUserSessions"
 */
export const listUserSessions: Operation<"ListUserSessions"> = async (
  { AccessToken, NextToken },
  context,
) => {
  const { user, signIn } = await context.tokens.verifyAccessToken(AccessToken);
  return listSessionsPage(user, NextToken, signIn, context);
};
