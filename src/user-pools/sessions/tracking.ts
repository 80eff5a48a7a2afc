/**
 * Tracking token sessions, in pools that have it on.
 *
 * @see Developer Guide, "Managing user sessions"
 */
import { newSessionId } from "../../ids.ts";
import type { Random } from "../../random.ts";
import type { Repositories, SignInRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import type { RequestContext } from "../request-context.ts";

/** As many sign-ins as are read at a time. */
const PAGE = 100;

/**
 * A sign-in with the session that it begins.
 *
 * @param ssoSessionId the page session that it came through
 */
export function withSession(
  signIn: SignInRecord,
  { sourceIp, userAgent }: Pick<RequestContext, "sourceIp" | "userAgent">,
  random: Random,
  now: number,
  ssoSessionId?: string,
): SignInRecord {
  return {
    ...signIn,
    session: {
      id: newSessionId(random, "tkn"),
      createdAt: now,
      lastActiveAt: now,
      ipAddress: sourceIp,
      userAgent,
      ...(ssoSessionId !== undefined && { ssoSessionId }),
    },
  };
}

/** When the session of a sign-in began: after the sign-in, if the tokens came through a page session. */
export function createdAtOf({ authenticatedAt, session }: SignInRecord): number {
  return session?.createdAt ?? authenticatedAt;
}

/** Writes down that a session was active, and with it the page session that it came through. */
export async function noteActivity(
  { originJti, poolId, sub, session }: SignInRecord,
  { sourceIp: ipAddress, userAgent }: Pick<RequestContext, "sourceIp" | "userAgent">,
  { store, clock }: Pick<Environment, "store" | "clock">,
): Promise<void> {
  if (session === undefined) return;
  const seen = { lastActiveAt: clock.now(), ipAddress, userAgent };
  await store.transaction(async ({ signIns, ssoSessions }) => {
    await signIns.update(originJti, (current) =>
      current.session === undefined ? current : { ...current, session: { ...current.session, ...seen } },
    );
    if (session.ssoSessionId === undefined) return;
    const parent = await ssoSessions.get(poolId, sub, session.ssoSessionId);
    if (parent !== undefined) await ssoSessions.put({ ...parent, ...seen });
  });
}

/** The user's sign-ins that have a session, at `now` (milliseconds). */
export async function trackedSignIns(
  { signIns }: Pick<Repositories, "signIns">,
  poolId: string,
  sub: string,
  now: number,
): Promise<readonly SignInRecord[]> {
  const tracked: SignInRecord[] = [];
  let after: string | undefined;
  do {
    const page = await signIns.listLiveOfUser(poolId, sub, now, { limit: PAGE, after });
    tracked.push(...page.items.filter(({ session }) => session !== undefined));
    after = page.next;
  } while (after !== undefined);
  return tracked;
}

/**
 * Makes room for one more session: ends the least recently used ones. Belongs into the transaction that stores the new one,
 * so that two concurrent sign-ins do not both pass the limit.
 */
export async function evictSessions(
  repositories: Pick<Repositories, "signIns">,
  { poolId, sub }: SignInRecord,
  maxPerUser: number,
  now: number,
): Promise<void> {
  const tracked = await trackedSignIns(repositories, poolId, sub, now);
  const evicted = tracked.toSorted(byActivity).slice(0, Math.max(0, tracked.length - maxPerUser + 1));
  for (const { originJti } of evicted) {
    await repositories.signIns.update(originJti, (current) => ({ ...current, revokedAt: now }));
  }
}

/** Least recently used first. */
function byActivity(a: SignInRecord, b: SignInRecord): number {
  return (
    (a.session?.lastActiveAt ?? 0) - (b.session?.lastActiveAt ?? 0) ||
    createdAtOf(a) - createdAtOf(b) ||
    a.authenticatedAt - b.authenticatedAt
  );
}
