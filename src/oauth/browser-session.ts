/**
 * The session of a browser: a sealed cookie by which later requests of any client of the pool need no sign-in. It ends an
 * hour after the last sign-in, whatever is done with it, or at `/logout`.
 *
 * @see Developer Guide, "Managed login", section on cookies
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { UserRecord } from "../storage/index.ts";
import type { OperationContext } from "../user-pools/index.ts";

const SESSION_MILLISECONDS = 60 * 60 * 1000;
const SEAL_PURPOSE = "browser session";

interface StoredSession {
  readonly id: string;
  readonly poolId: string;
  readonly sub: string;
  readonly authenticatedAt: number;
}

/** A session whose user can go on. */
export interface BrowserSession {
  readonly user: UserRecord;
  readonly authenticatedAt: number;
}

/** Pools share the cookies of a host, so each has its own. */
function cookieName(poolId: string): string {
  return `cognito-${poolId}`;
}

export async function browserSession(
  request: FastifyRequest,
  poolId: string,
  context: OperationContext,
): Promise<BrowserSession | undefined> {
  const stored = open(request, poolId, context);
  if (stored === undefined) return undefined;
  const { store } = context;
  if (await store.usedTickets.isUsed(endIdOf(stored))) return undefined;
  const user = await store.users.getBySub(poolId, stored.sub);
  return user?.enabled ? { user, authenticatedAt: stored.authenticatedAt } : undefined;
}

/** Begins a session, in place of the one that the browser has. */
export async function startBrowserSession(
  request: FastifyRequest,
  reply: FastifyReply,
  { poolId, sub }: UserRecord,
  context: OperationContext,
): Promise<void> {
  await markEnded(request, poolId, context);
  const session: StoredSession = {
    id: context.random.uuid(),
    poolId,
    sub,
    authenticatedAt: context.clock.now(),
  };
  reply.setCookie(cookieName(poolId), context.crypto.tokens.seal(SEAL_PURPOSE, session), {
    ...optionsFor(request),
    maxAge: SESSION_MILLISECONDS / 1000,
  });
}

/** Ends the browser's session for good: the cookie is worth nothing from now on. */
export async function endBrowserSession(
  request: FastifyRequest,
  reply: FastifyReply,
  poolId: string,
  context: OperationContext,
): Promise<void> {
  await markEnded(request, poolId, context);
  reply.clearCookie(cookieName(poolId), optionsFor(request));
}

export function optionsFor(request: FastifyRequest) {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: request.protocol === "https" } as const;
}

async function markEnded(request: FastifyRequest, poolId: string, context: OperationContext): Promise<void> {
  const stored = open(request, poolId, context);
  if (stored === undefined) return;
  const end = stored.authenticatedAt + SESSION_MILLISECONDS;
  // For an hour more, so that clocks that differ do not make it good again.
  await context.store.usedTickets.use(endIdOf(stored), end + SESSION_MILLISECONDS);
}

function open(
  request: FastifyRequest,
  poolId: string,
  { crypto, clock }: OperationContext,
): StoredSession | undefined {
  const sealed = request.cookies[cookieName(poolId)];
  if (sealed === undefined) return undefined;
  // Only startBrowserSession seals for this purpose.
  const session = crypto.tokens.open(SEAL_PURPOSE, sealed) as StoredSession | undefined;
  if (session?.poolId !== poolId) return undefined;
  return clock.now() - session.authenticatedAt < SESSION_MILLISECONDS ? session : undefined;
}

function endIdOf({ id }: StoredSession): string {
  return `browser:${id}`;
}
