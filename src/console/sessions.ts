/**
 * The session of a person at the console: a sealed cookie that only the server can read, and a list of ids that have ended.
 *
 * @see OWASP ASVS 5.0 7.2.1–7.2.4, 7.3.1, 7.3.2, 7.4.1
 */
import type { CookieSerializeOptions } from "@fastify/cookie";
import type { SignInProof } from "../iam/index.ts";
import type { ConsoleBackend, ConsolePrincipal } from "./backend.ts";

/** A session ends after this long without activity. */
export const IDLE_LIMIT_MILLISECONDS = 30 * 60 * 1000;

/** A session ends this long after the sign-in, even when it is in use. */
export const ABSOLUTE_LIMIT_MILLISECONDS = 12 * 60 * 60 * 1000;

const SEAL_PURPOSE = "console session";

/** How often a session in use gets a new cookie. */
const REFRESH_AFTER_MILLISECONDS = 60 * 1000;

export interface ConsoleSession {
  readonly id: string;
  readonly principal: ConsolePrincipal;
  readonly proof: SignInProof;
  readonly startedAt: number;
  readonly usedAt: number;
}

function isExpired({ startedAt, usedAt }: ConsoleSession, now: number): boolean {
  return now - usedAt >= IDLE_LIMIT_MILLISECONDS || now - startedAt >= ABSOLUTE_LIMIT_MILLISECONDS;
}

type SessionBackend = Pick<ConsoleBackend, "clock" | "random" | "tokens" | "store" | "principals">;

export function startSession(
  { clock, random }: SessionBackend,
  principal: ConsolePrincipal,
  proof: SignInProof,
): ConsoleSession {
  const now = clock.now();
  return { id: random.uuid(), principal, proof, startedAt: now, usedAt: now };
}

export function sealSession({ tokens }: SessionBackend, session: ConsoleSession): string {
  return tokens.seal(SEAL_PURPOSE, session);
}

/** The session that `sealed` holds, unless it has expired, was ended, or its user may not go on. */
export async function openSession(
  backend: SessionBackend,
  sealed: string,
): Promise<ConsoleSession | undefined> {
  // Only this server seals for this purpose, and only in sealSession.
  const session = backend.tokens.open(SEAL_PURPOSE, sealed) as ConsoleSession | undefined;
  if (session === undefined) return undefined;
  if (isExpired(session, backend.clock.now())) return undefined;
  if (await backend.store.usedTickets.isUsed(endIdOf(session))) return undefined;
  return (await backend.principals.isStillValid(session.principal, session.proof)) ? session : undefined;
}

/** The session with a new time of use; undefined when its cookie is recent enough to keep. */
export function refreshedSession(session: ConsoleSession, now: number): ConsoleSession | undefined {
  return now - session.usedAt >= REFRESH_AFTER_MILLISECONDS ? { ...session, usedAt: now } : undefined;
}

/** Ends the session on every node. */
export async function endSession({ store }: SessionBackend, session: ConsoleSession): Promise<void> {
  await store.usedTickets.use(endIdOf(session), session.startedAt + ABSOLUTE_LIMIT_MILLISECONDS);
}

/** The id that is marked as used when the session ends. */
export function endIdOf({ id }: ConsoleSession): string {
  return `console:${id}`;
}

/**
 * The cookie's name. `__Host-` would require `Path=/`, and the cookie would then be sent to the AWS surfaces, which
 * must not get it. So it is `__Secure-`, for the path /console.
 */
export function cookieName(isSecure: boolean): string {
  return isSecure ? "__Secure-cognate-console" : "cognate-console";
}

/** How the cookie is kept: for the console's own pages, in this browser session. */
export function cookieOptions(isSecure: boolean): CookieSerializeOptions {
  return { path: "/console", httpOnly: true, sameSite: "strict", secure: isSecure };
}
