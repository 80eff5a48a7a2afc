/**
 * `/passkeys/add`: offers a signed-in user to register a passkey, after a sign-up or by a link to this address. The
 * browser then continues to the client, with or without a passkey.
 *
 * @see Developer Guide, "Managed login", section on passkeys
 */
import type { FastifyReply } from "fastify";
import type { JsonValue } from "../../api-model/index.ts";
import { parseJsonObject } from "../../json.ts";
import { addPasskeyPage } from "../../managed-login/index.ts";
import type { SignInRecord, UserRecord } from "../../storage/index.ts";
import {
  allowedFirstFactors,
  completeRegistration,
  flowEnabled,
  isOriginOf,
  type OpenPageSession,
  relyingPartyId,
  startRegistration,
} from "../../user-pools/index.ts";
import { browserSession } from "../browser/index.ts";
import { finishGrant } from "../finish-grant.ts";
import { sendPage } from "./send-page.ts";
import { type Tell, tellError, tellExpiredForm, tellNothing, tellRefusal } from "./tell.ts";
import { hiddenOf, hrefOf, isFromOwnPage, ownerOf, type Visit } from "./visit.ts";

const SEAL_PURPOSE = "sign-in before a passkey";

/** A sign-in that is finished but for the client's tokens. */
interface WaitingSignIn {
  readonly clientId: string;
  readonly sub: string;
  readonly originJti: string;
  readonly expiresAt: number;
}

const WAIT_MILLISECONDS = 10 * 60 * 1000;

/** Whether passkeys of the pool work at the address of this page. */
export async function canAddPasskey({ authorization, endpoint, context }: Visit): Promise<boolean> {
  const { pool, client } = authorization;
  if (!flowEnabled(client, "USER_AUTH") || !allowedFirstFactors(pool).includes("WEB_AUTHN")) return false;
  const id = await relyingPartyId(context.store, pool);
  return id !== undefined && isOriginOf(id, endpoint.origin);
}

/** The offer within a sign-in, which continues after it. */
export async function offerPasskey(
  visit: Visit,
  user: UserRecord,
  { originJti }: SignInRecord,
): Promise<FastifyReply> {
  const { authorization, context } = visit;
  const waiting: WaitingSignIn = {
    clientId: authorization.client.id,
    sub: user.sub,
    originJti,
    expiresAt: context.clock.now() + WAIT_MILLISECONDS,
  };
  return send(visit, user, context.crypto.tokens.seal(SEAL_PURPOSE, waiting), tellNothing);
}

export async function showAddPasskey(visit: Visit): Promise<FastifyReply> {
  const { request, reply, authorization, context } = visit;
  if (!(await canAddPasskey(visit))) return reply.redirect(hrefOf(visit, "/login"), 302);
  const session = await browserSession(request, authorization.pool.id, context);
  if (session === undefined) return reply.redirect(hrefOf(visit, "/login", { next: "passkeys" }), 302);
  return send(visit, session.user, undefined, tellNothing);
}

export async function takeAddPasskey(visit: Visit): Promise<FastifyReply> {
  const { request, reply, authorization, context, fields } = visit;
  const session = await browserSession(request, authorization.pool.id, context);
  if (session === undefined) return reply.redirect(hrefOf(visit, "/login"), 302);
  const { user } = session;
  const sealed = fields.get("waiting");
  if (!isFromOwnPage(visit)) return send(visit, user, sealed, tellExpiredForm);
  if (!fields.has("skip")) {
    const refusal = await register(visit, user);
    if (refusal !== undefined) return send(visit, user, sealed, refusal);
  }
  return goOn(visit, session, sealed);
}

/** @returns the message to show if no passkey was registered */
async function register(visit: Visit, user: UserRecord): Promise<Tell | undefined> {
  const { authorization, context, fields } = visit;
  const credential = parseJsonObject(fields.get("credential") ?? "");
  if (credential === undefined) return tellError((texts) => texts.passkey.failed);
  try {
    const { pool, client } = authorization;
    // JSON has no other values.
    await completeRegistration(
      { pool, client, user },
      credential as { readonly [name: string]: JsonValue },
      context,
    );
    return undefined;
  } catch (error) {
    return tellRefusal(error);
  }
}

async function goOn(
  visit: Visit,
  { user, session }: OpenPageSession,
  sealed: string | undefined,
): Promise<FastifyReply> {
  const signIn = sealed === undefined ? undefined : await waitingSignIn(visit, user, sealed);
  if (signIn === undefined) return visit.reply.redirect(hrefOf(visit, "/oauth2/authorize"), 302);
  return finishGrant(visit, user, signIn, session.methods);
}

/** The sign-in that a form carries, once. */
async function waitingSignIn(
  { authorization: { client }, context: { crypto, clock, store } }: Visit,
  user: UserRecord,
  sealed: string,
): Promise<SignInRecord | undefined> {
  // Only offerPasskey seals for this purpose.
  const waiting = crypto.tokens.open(SEAL_PURPOSE, sealed) as WaitingSignIn | undefined;
  if (waiting === undefined || clock.now() >= waiting.expiresAt) return undefined;
  if (waiting.clientId !== client.id || waiting.sub !== user.sub) return undefined;
  if (!(await store.usedTickets.use(`passkey offer:${waiting.originJti}`, waiting.expiresAt)))
    return undefined;
  const signIn = await store.signIns.get(waiting.originJti);
  return signIn?.revokedAt === undefined ? signIn : undefined;
}

async function send(
  visit: Visit,
  user: UserRecord,
  waiting: string | undefined,
  tell: Tell,
): Promise<FastifyReply> {
  const { pool, client } = visit.authorization;
  let options: string;
  let refusal = tell;
  try {
    options = JSON.stringify(await startRegistration({ pool, client, user }, visit.context));
  } catch (error) {
    options = "{}";
    refusal = tellRefusal(error);
  }
  const hidden = hiddenOf(visit, { waiting });
  return sendPage(visit, ownerOf(visit), (texts, appearance) =>
    addPasskeyPage(
      { hidden, notice: refusal(texts), action: hrefOf(visit, "/passkeys/add"), options },
      texts,
      appearance,
    ),
  );
}
