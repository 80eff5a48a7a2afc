import { ResourceNotFoundException, type RevokeAssociatedSessionsType } from "../../../api-model/index.ts";
import type { UserRecord } from "../../../storage/index.ts";
import type { OperationContext } from "../../operation.ts";
import { ending, type FoundSession } from "../../sessions/index.ts";
import { requireSessionTracking } from "./require-tracking.ts";

interface EndRequest {
  readonly SessionId: string;
  readonly RevokeAssociatedSessions?: RevokeAssociatedSessionsType | undefined;
}

/**
 * Ends a session of a user: its tokens stop working, or its browser needs a new sign-in.
 *
 * @param mayEnd throws for a session that the caller may not end
 * @throws ResourceNotFoundException the user has no such session, or it has ended; the text is ours
 */
export async function endSession(
  user: UserRecord,
  { SessionId, RevokeAssociatedSessions }: EndRequest,
  context: OperationContext,
  mayEnd: (found: FoundSession) => void = () => undefined,
): Promise<void> {
  await requireSessionTracking(context.store, user.poolId);
  const { endFoundSession, findSession } = await ending();
  const found = await findSession(user, SessionId, context);
  if (found === undefined) throw new ResourceNotFoundException("Session does not exist.");
  mayEnd(found);
  await endFoundSession(found, RevokeAssociatedSessions, context);
}
