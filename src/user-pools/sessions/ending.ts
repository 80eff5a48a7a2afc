import type { RevokeAssociatedSessionsType } from "../../api-model/index.ts";
import type { SignInRecord, SsoSessionRecord, UserRecord } from "../../storage/index.ts";
import type { OperationContext } from "../operation.ts";
import { revokeSession } from "./sessions.ts";
import { trackedSignIns } from "./tracking.ts";

/** A session of either kind, found by its `SessionId`. */
export type FoundSession =
  | { readonly kind: "token"; readonly signIn: SignInRecord }
  | { readonly kind: "sso"; readonly session: SsoSessionRecord };

type Ports = Pick<OperationContext, "store" | "clock">;

/** @returns undefined when the user has no such session, or it has ended */
export async function findSession(
  { poolId, sub }: UserRecord,
  sessionId: string,
  { store, clock }: Ports,
): Promise<FoundSession | undefined> {
  const now = clock.now();
  const session = await store.ssoSessions.get(poolId, sub, sessionId);
  if (session !== undefined) return now < session.expiresAt ? { kind: "sso", session } : undefined;
  const signIns = await trackedSignIns(store, poolId, sub, now);
  const signIn = signIns.find((each) => each.session?.id === sessionId);
  return signIn && { kind: "token", signIn };
}

/**
 * Ends a session. With LINKED the directly linked sessions end too: the page session that a token session came from, or
 * all token sessions that came from a page session.
 *
 * @see API Reference, "RevokeUserSession", RevokeAssociatedSessions
 */
export async function endFoundSession(
  found: FoundSession,
  associated: RevokeAssociatedSessionsType | undefined,
  ports: Ports,
): Promise<void> {
  const { store, clock } = ports;
  const { poolId, sub } = found.kind === "token" ? found.signIn : found.session;
  if (found.kind === "token") {
    await revokeSession(ports, { poolId, sub }, found.signIn.originJti);
    if (associated === "LINKED") await endParentSession(found.signIn, ports);
    return;
  }
  await store.ssoSessions.delete(poolId, sub, found.session.id);
  if (associated !== "LINKED") return;
  for (const { originJti, session } of await trackedSignIns(store, poolId, sub, clock.now())) {
    if (session?.ssoSessionId !== found.session.id) continue;
    await revokeSession(ports, { poolId, sub }, originJti);
  }
}

/** Ends the page session that a sign-in came through, if there is one. Its other token sessions stay. */
export async function endParentSession(
  { poolId, sub, session }: SignInRecord,
  { store }: Pick<OperationContext, "store">,
): Promise<void> {
  if (session?.ssoSessionId === undefined) return;
  await store.ssoSessions.delete(poolId, sub, session.ssoSessionId);
}
