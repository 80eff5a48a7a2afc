import type { SessionDescriptionType } from "../../../api-model/index.ts";
import type { SignInRecord, UserRecord } from "../../../storage/index.ts";
import type { OperationContext } from "../../operation.ts";
import { describing } from "../../sessions/index.ts";
import { refusePageToken } from "../page-tokens.ts";
import { requireSessionTracking } from "./require-tracking.ts";

/**
 * A user's sessions on one page, as Cognito answers them.
 *
 * @param current the sign-in of the caller, if there is one
 * @throws InvalidParameterException a token is given: there is one page only
 */
export async function listSessionsPage(
  user: UserRecord,
  nextToken: string | undefined,
  current: SignInRecord | undefined,
  context: OperationContext,
): Promise<{ Sessions: SessionDescriptionType[] }> {
  await requireSessionTracking(context.store, user.poolId);
  refusePageToken(nextToken);
  const { describeSessions } = await describing();
  return { Sessions: await describeSessions(user, current, context) };
}
