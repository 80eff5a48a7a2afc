import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { feedback, requireThreatProtection } from "../../risk/index.ts";
import { findUser } from "../../users/index.ts";

/**
 * Records a user's feedback on whether an event was their own. The token of the notification proves that it is from the user.
 *
 * @throws NotAuthorizedException the token is invalid, of another user or event, or too old; the text is ours
 * @throws UserPoolAddOnNotEnabledException the pool has threat protection off
 * @see API Reference, "UpdateAuthEventFeedback"
 */
export const updateAuthEventFeedback: Operation<"UpdateAuthEventFeedback"> = async (
  { UserPoolId, Username, EventId: eventId, FeedbackToken, FeedbackValue: value },
  context,
) => {
  const pool = await requirePool(context.store, UserPoolId);
  requireThreatProtection(pool);
  const { giveFeedback, invalidFeedbackToken, openFeedbackToken } = await feedback();
  const token = openFeedbackToken(FeedbackToken, context);
  const user = await findUser(context.store, pool, Username);
  // An unknown user gets the error of a wrong token, so that the answer does not reveal who exists.
  const isRight = token?.poolId === pool.id && token.eventId === eventId && token.sub === user?.sub;
  if (!isRight || user === undefined) throw invalidFeedbackToken();
  await giveFeedback({ pool, user, eventId, value, provider: "User" }, context);
  return {};
};
