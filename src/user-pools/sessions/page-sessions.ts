/**
 * Sessions of the managed login pages: they let a browser sign in again without a password. The cookie carries the session,
 * sealed. While the pool tracks sessions there is a row for each, so that it is listed and revoked like a token session.
 *
 * @see Developer Guide, "Managing user sessions"; "Managed login", section on cookies
 */
import { newSessionId } from "../../ids.ts";
import type { AppClientRecord, SignInRecord, SsoSessionRecord, UserRecord } from "../../storage/index.ts";
import type { SignInMethods } from "../assurance/index.ts";
import type { OperationContext } from "../operation.ts";
import { maxSessionsPerUser } from "./configuration.ts";
import { ssoMinutesOf, ssoMinutesOfPool } from "./sso-validity.ts";
import { evictSessions, withSession } from "./tracking.ts";

/** The content of the cookie. */
export interface PageSession {
  /** While the pool tracks sessions: the `SessionId` of ListUserSessions. */
  readonly id: string;
  readonly poolId: string;
  readonly sub: string;
  /** The last time that the user proved who they are, in milliseconds. */
  readonly authenticatedAt: number;
  /** Milliseconds. No client uses the session longer; most use it for a shorter time. */
  readonly expiresAt: number;
  /** How the user signed in, where the pool has authentication levels. */
  readonly methods?: SignInMethods | undefined;
}

/** A session whose user can continue. */
export interface OpenPageSession {
  readonly session: PageSession;
  readonly user: UserRecord;
}

/** Cognito does not say how many a user can have; a list has room for 125 sessions, 100 of which are token sessions. */
const MAX_PER_USER = 25;

/** An ended session is remembered this long after its end, so that clocks that differ do not make it good again. */
const REMEMBERED_MILLISECONDS = 60 * 60 * 1000;

/** Begins the session of a sign-in that was just finished on the pages. */
export async function startPageSession(
  signIn: SignInRecord,
  context: OperationContext,
  methods?: SignInMethods,
): Promise<PageSession> {
  const { store, random, clock, request } = context;
  const { poolId, sub, clientId, authenticatedAt } = signIn;
  const isTracked = (await maxSessionsPerUser(store, poolId)) !== undefined;
  const session: PageSession = {
    id: isTracked ? newSessionId(random, "sso") : random.uuid(),
    poolId,
    sub,
    authenticatedAt,
    expiresAt: authenticatedAt + (await ssoMinutesOfPool(store, poolId)) * 60_000,
    methods,
  };
  if (!isTracked) return session;

  const row: SsoSessionRecord = {
    id: session.id,
    poolId,
    sub,
    clientId,
    lastActiveAt: authenticatedAt,
    ipAddress: request.sourceIp,
    userAgent: request.userAgent,
    createdAt: authenticatedAt,
    expiresAt: session.expiresAt,
  };
  await store.transaction(async ({ ssoSessions, signIns }) => {
    const live = await ssoSessions.listLiveOfUser(poolId, sub, clock.now());
    const surplus = live.toSorted((a, b) => b.lastActiveAt - a.lastActiveAt).slice(MAX_PER_USER - 1);
    for (const { id } of surplus) await ssoSessions.delete(poolId, sub, id);
    await ssoSessions.put(row);
    await signIns.update(signIn.originJti, (current) =>
      current.session === undefined
        ? current
        : { ...current, session: { ...current.session, ssoSessionId: session.id } },
    );
  });
  return session;
}

/**
 * The session of a cookie, with its user.
 *
 * @returns undefined when it has expired, was ended or revoked, or its user is gone or disabled
 */
export async function openPageSession(
  session: PageSession,
  { store, clock }: OperationContext,
): Promise<OpenPageSession | undefined> {
  if (clock.now() >= session.expiresAt) return undefined;
  const { poolId, sub, id } = session;
  const isLive = isTracked(session)
    ? (await store.ssoSessions.get(poolId, sub, id)) !== undefined
    : !(await store.usedTickets.isUsed(endIdOf(session)));
  if (!isLive) return undefined;
  const user = await store.users.getBySub(poolId, sub);
  return user?.enabled ? { session, user } : undefined;
}

/** Whether an app client may still use the session without asking the user. */
export async function isReusable(
  { authenticatedAt }: PageSession,
  client: AppClientRecord,
  { store, clock }: OperationContext,
): Promise<boolean> {
  const minutes = await ssoMinutesOf(store, client.poolId, client.id);
  return clock.now() - authenticatedAt < minutes * 60_000;
}

/**
 * Stores a sign-in that came through a page session, with its token session where the pool tracks them.
 *
 * @returns the sign-in as stored; undefined when the page session was revoked meanwhile
 */
export async function storeSignInThrough(
  session: PageSession,
  signIn: SignInRecord,
  { store, clock, random, request }: OperationContext,
): Promise<SignInRecord | undefined> {
  const { poolId, sub, id } = session;
  const now = clock.now();
  const maxPerUser = await maxSessionsPerUser(store, poolId);
  return store.transaction(async ({ ssoSessions, signIns }) => {
    const parent = isTracked(session) ? await ssoSessions.get(poolId, sub, id) : undefined;
    if (isTracked(session) && parent === undefined) return undefined;
    if (maxPerUser === undefined) {
      await signIns.insert(signIn);
      return signIn;
    }
    const { sourceIp: ipAddress, userAgent } = request;
    if (parent !== undefined) await ssoSessions.put({ ...parent, lastActiveAt: now, ipAddress, userAgent });
    const tracked = withSession(signIn, request, random, now, parent?.id);
    await evictSessions({ signIns }, tracked, maxPerUser, now);
    await signIns.insert(tracked);
    return tracked;
  });
}

/** Ends the session. The tokens that were issued from it stay valid. */
export async function endPageSession(session: PageSession, { store }: OperationContext): Promise<void> {
  if (isTracked(session)) await store.ssoSessions.delete(session.poolId, session.sub, session.id);
  else await store.usedTickets.use(endIdOf(session), session.expiresAt + REMEMBERED_MILLISECONDS);
}

/** A session that began while the pool did not track them has no row, and never gets one. */
function isTracked({ id }: Pick<PageSession, "id">): boolean {
  return id.startsWith("sso");
}

function endIdOf({ id }: PageSession): string {
  return `browser:${id}`;
}
