import type { SessionDescriptionType } from "../../api-model/index.ts";
import type { SignInRecord, SsoSessionRecord, TokenSession, UserRecord } from "../../storage/index.ts";
import type { OperationContext } from "../operation.ts";
import { createdAtOf, trackedSignIns } from "./tracking.ts";

const MAX_DEVICE_TYPE_LENGTH = 1024;

/**
 * A user's sessions of both kinds as the operations list them, the last active first. Cognito does not say its order.
 *
 * @param current the sign-in of the caller, if there is one
 */
export async function describeSessions(
  { poolId, sub }: UserRecord,
  current: SignInRecord | undefined,
  { store, clock }: Pick<OperationContext, "store" | "clock">,
): Promise<SessionDescriptionType[]> {
  const now = clock.now();
  const [signIns, pageSessions] = await Promise.all([
    trackedSignIns(store, poolId, sub, now),
    store.ssoSessions.listLiveOfUser(poolId, sub, now),
  ]);
  const tokenSessions = signIns.flatMap((signIn) =>
    signIn.session === undefined ? [] : [tokenSessionType(signIn, signIn.session, current)],
  );
  return [...tokenSessions, ...pageSessions.map(pageSessionType)].toSorted(
    (a, b) => Number(b.LastActiveDate) - Number(a.LastActiveDate),
  );
}

function tokenSessionType(
  signIn: SignInRecord,
  session: TokenSession,
  current: SignInRecord | undefined,
): SessionDescriptionType {
  return {
    SessionId: session.id,
    SessionType: "TOKEN",
    ClientId: signIn.clientId,
    CreateDate: createdAtOf(signIn),
    ...lastSeen(session),
    OriginSessionId: session.ssoSessionId,
    IsCurrentSession: signIn.originJti === current?.originJti,
  };
}

function pageSessionType(session: SsoSessionRecord): SessionDescriptionType {
  return {
    SessionId: session.id,
    SessionType: "SSO",
    ClientId: session.clientId,
    CreateDate: session.createdAt,
    ...lastSeen(session),
    IsCurrentSession: false,
  };
}

/** Where an address is, is not known here. */
function lastSeen({
  lastActiveAt,
  userAgent,
  ipAddress,
}: Pick<TokenSession, "lastActiveAt" | "userAgent" | "ipAddress">) {
  return {
    LastActiveDate: lastActiveAt,
    DeviceType: userAgent?.slice(0, MAX_DEVICE_TYPE_LENGTH) ?? "unknown",
    LastIPAddress: ipAddress,
    LastLocation: { Country: "unknown" },
  };
}
