/**
 * The session of a browser: a sealed cookie with which later requests of any client of the pool need no sign-in. The
 * domain decides how long it is valid and whether it was revoked.
 *
 * @see Developer Guide, "Managed login", section on cookies
 */
import { hash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { SamlSession } from "../../federation/saml/index.ts";
import type { SignInRecord } from "../../storage/index.ts";
import {
  endPageSession,
  type OpenPageSession,
  type OperationContext,
  openPageSession,
  type PageSession,
  ssoMinutesOfPool,
  startPageSession,
} from "../../user-pools/index.ts";

const SEAL_PURPOSE = "browser session";

/** The session at a provider that a session here came from. */
export interface ProviderSession {
  readonly providerName: string;
  /** For single logout. */
  readonly saml?: SamlSession | undefined;
}

/** The content of the cookie. */
interface CookieSession extends PageSession {
  readonly provider?: ProviderSession | undefined;
}

/** Pools share the cookies of a host, so each has its own. */
function cookieName(poolId: string): string {
  return `cognito-${poolId}`;
}

export async function browserSession(
  request: FastifyRequest,
  poolId: string,
  context: OperationContext,
): Promise<OpenPageSession | undefined> {
  const session = open(request, poolId, context);
  if (session === undefined || (await wasEndedAtProvider(session, context))) return undefined;
  return openPageSession(session, context);
}

/** Ends every session that came from one at a SAML provider, also those whose cookie did not come with the request. */
export async function markSamlSessionEnded(
  poolId: string,
  { providerName, saml }: { readonly providerName: string; readonly saml: SamlSession },
  { store, clock }: OperationContext,
): Promise<void> {
  // Until every session that there is now has expired, and an hour more for clocks that differ.
  const expiresAt = clock.now() + ((await ssoMinutesOfPool(store, poolId)) + 60) * 60_000;
  await store.usedTickets.use(endedTicket(poolId, { providerName, saml }), expiresAt);
}

async function wasEndedAtProvider(
  { poolId, provider }: CookieSession,
  { store }: OperationContext,
): Promise<boolean> {
  if (provider?.saml?.sessionIndex === undefined) return false;
  return store.usedTickets.isUsed(endedTicket(poolId, { ...provider, saml: provider.saml }));
}

function endedTicket(
  poolId: string,
  { providerName, saml }: { readonly providerName: string; readonly saml: SamlSession },
): string {
  const parts = [poolId, providerName, saml.nameId.value, saml.sessionIndex];
  return `saml-ended:${hash("sha256", JSON.stringify(parts), "base64url")}`;
}

/** Begins a session, in place of the one that the browser has. */
export async function startBrowserSession(
  request: FastifyRequest,
  reply: FastifyReply,
  signIn: SignInRecord,
  context: OperationContext,
  methods: PageSession["methods"],
  provider?: ProviderSession,
): Promise<void> {
  const { poolId } = signIn;
  await endSession(request, poolId, context);
  const session = await startPageSession(signIn, context, methods);
  reply.setCookie(cookieName(poolId), context.crypto.tokens.seal(SEAL_PURPOSE, { ...session, provider }), {
    ...optionsFor(request),
    maxAge: Math.ceil((session.expiresAt - context.clock.now()) / 1000),
  });
}

/**
 * Ends the browser's session permanently: a copy of the cookie is rejected from now on.
 *
 * @returns the session at a provider that it came from
 */
export async function endBrowserSession(
  request: FastifyRequest,
  reply: FastifyReply,
  poolId: string,
  context: OperationContext,
): Promise<ProviderSession | undefined> {
  const provider = providerOfSession(request, poolId, context);
  await endSession(request, poolId, context);
  reply.clearCookie(cookieName(poolId), optionsFor(request));
  return provider;
}

/** Of the browser's session, without a look at whether it is still good. */
export function providerOfSession(
  request: FastifyRequest,
  poolId: string,
  context: OperationContext,
): ProviderSession | undefined {
  return open(request, poolId, context)?.provider;
}

export function optionsFor(request: FastifyRequest) {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: request.protocol === "https" } as const;
}

async function endSession(request: FastifyRequest, poolId: string, context: OperationContext): Promise<void> {
  const session = open(request, poolId, context);
  if (session !== undefined) await endPageSession(session, context);
}

function open(
  request: FastifyRequest,
  poolId: string,
  { crypto }: OperationContext,
): CookieSession | undefined {
  const sealed = request.cookies[cookieName(poolId)];
  if (sealed === undefined) return undefined;
  // Only startBrowserSession seals for this purpose.
  const session = crypto.tokens.open(SEAL_PURPOSE, sealed) as CookieSession | undefined;
  return session?.poolId === poolId ? session : undefined;
}
