/** A user's sessions, by AWS's operations where the pool tracks them and by the console's own elsewhere. */
import {
  AdminListUserSessionsCommand,
  AdminRevokeUserSessionCommand,
  OperationNotEnabledException,
  type SessionDescriptionType,
} from "@aws-sdk/client-cognito-identity-provider";
import { inPool } from "./aws.ts";
import { listUserSessions, revokeUserSession, type UserSession } from "./control.ts";

export interface UserId {
  readonly poolId: string;
  readonly username: string;
  readonly sub: string;
}

export type Sessions =
  | { readonly isTracked: true; readonly sessions: readonly SessionDescriptionType[] }
  | { readonly isTracked: false; readonly sessions: readonly UserSession[]; readonly isComplete: boolean };

export async function loadSessions({ poolId, username, sub }: UserId): Promise<Sessions> {
  const input = { UserPoolId: poolId, Username: username };
  try {
    const answer = await inPool(poolId, (client) => client.send(new AdminListUserSessionsCommand(input)));
    return { isTracked: true, sessions: answer.Sessions ?? [] };
  } catch (error) {
    if (!(error instanceof OperationNotEnabledException)) throw error;
    return { isTracked: false, ...(await listUserSessions(poolId, sub)) };
  }
}

/** @param sessionId of a tracked session its id, of another one the `origin_jti` of its tokens */
export async function endSession(
  { poolId, username, sub }: UserId,
  sessionId: string,
  isTracked: boolean,
): Promise<void> {
  if (!isTracked) {
    await revokeUserSession(poolId, sub, sessionId);
    return;
  }
  const input = { UserPoolId: poolId, Username: username, SessionId: sessionId };
  await inPool(poolId, (client) => client.send(new AdminRevokeUserSessionCommand(input)));
}
