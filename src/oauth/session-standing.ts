import type { FastifyRequest } from "fastify";
import {
  challengesOfStepUp,
  isReusable,
  levelOfMethods,
  type OpenPageSession,
  type OperationContext,
} from "../user-pools/index.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { browserSession, providerOfSession } from "./browser/index.ts";
import { isChoiceBased } from "./pages/pool-rules.ts";

/** Whether the session of a browser suffices for an authorization request. */
export type SessionStanding =
  /** The user must sign in. */
  | { readonly kind: "none" }
  | { readonly kind: "enough"; readonly session: OpenPageSession }
  /** The user is signed in, and gets to the level that the client wants by one of the challenges. */
  | { readonly kind: "too low"; readonly session: OpenPageSession; readonly challenges: readonly string[] };

const NONE: SessionStanding = { kind: "none" };

/** @see Developer Guide, "The redirect and authorization endpoint", section on step-up authentication */
export async function sessionStanding(
  request: FastifyRequest,
  authorization: AuthorizationRequest,
  context: OperationContext,
): Promise<SessionStanding> {
  const { pool, client, prompts, maxAgeSeconds, targets, hintedSubject } = authorization;
  // An age of 0 is never reached (OpenID Connect Core §3.1.2.1), even if the session began in this millisecond.
  if (prompts.has("login") || maxAgeSeconds === 0) return NONE;
  const open = await browserSession(request, pool.id, context);
  if (open === undefined || !(await isReusable(open.session, client, context))) return NONE;
  const { session, user } = open;
  // The client must not get the tokens of another user than the one that it named (OpenID Connect Core §3.1.2.2).
  if (hintedSubject !== undefined && hintedSubject !== user.sub) return NONE;
  const age = context.clock.now() - session.authenticatedAt;
  if (maxAgeSeconds !== undefined && age > maxAgeSeconds * 1000) return NONE;
  const { methods = [] } = session;
  if (targets.length === 0) return { kind: "enough", session: open };
  if ("level" in methods) {
    const isMore = await providerHasMore(request, authorization, levelOfMethods(methods) ?? 0, context);
    return isMore ? NONE : { kind: "enough", session: open };
  }
  const wanted = { pool, user, methods, targets, isChoiceBased: isChoiceBased(pool, client) };
  const challenges = await challengesOfStepUp(wanted, context);
  if (challenges.length === 0) return { kind: "enough", session: open };
  return { kind: "too low", session: open, challenges };
}

/** Whether the provider of the session can be asked for a wanted level above the one that it has asserted. */
async function providerHasMore(
  request: FastifyRequest,
  { pool, targets }: AuthorizationRequest,
  reached: number,
  context: OperationContext,
): Promise<boolean> {
  const name = providerOfSession(request, pool.id, context)?.providerName;
  const provider = name && (await context.store.identityProviders.get(pool.id, name));
  if (!provider || (targets[0] ?? 0) <= reached) return false;
  const { AcrMapping = {} } = provider.settings;
  return targets.some((target) => target > reached && AcrMapping[`Level${target}`] !== undefined);
}
