import { ResourceNotFoundException } from "../../../api-model/index.ts";
import type { SignInRecord, UserRecord } from "../../../storage/index.ts";
import type { OperationContext } from "../../operation.ts";
import { revokeSession, trackedSignIns } from "../../sessions/index.ts";
import { requireSessionTracking } from "./require-tracking.ts";

/**
 * Ends a session of a user: none of its tokens works any more.
 *
 * @param mayEnd throws for a session that the caller may not end
 * @throws ResourceNotFoundException the user has no such session, or it has ended; the text is ours
 */
export async function endSession(
  user: UserRecord,
  sessionId: string,
  context: OperationContext,
  mayEnd: (signIn: SignInRecord) => void = () => undefined,
): Promise<void> {
  await requireSessionTracking(context.store, user.poolId);
  const signIns = await trackedSignIns(context.store, user.poolId, user.sub, context.clock.now());
  const signIn = signIns.find(({ session }) => session?.id === sessionId);
  if (signIn === undefined) throw new ResourceNotFoundException("Session does not exist.");
  mayEnd(signIn);
  await revokeSession(context, user, signIn.originJti);
}
