import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { feedback, requireThreatProtection } from "../../risk/index.ts";
import { requireUser } from "../../users/index.ts";

/**
 * Records an administrator's feedback on whether an event was the user's own.
 *
 * @throws UserPoolAddOnNotEnabledException the pool has threat protection off
 * @throws ResourceNotFoundException the user has no such event
 * @see API Reference, "AdminUpdateAuthEventFeedback"
 */
export const adminUpdateAuthEventFeedback: Operation<"AdminUpdateAuthEventFeedback"> = async (
  { UserPoolId, Username, EventId: eventId, FeedbackValue: value },
  context,
) => {
  const pool = await requirePool(context.store, UserPoolId);
  requireThreatProtection(pool);
  const user = await requireUser(context.store, pool, Username);
  const { giveFeedback } = await feedback();
  await giveFeedback({ pool, user, eventId, value, provider: "Admin" }, context);
  return {};
};
