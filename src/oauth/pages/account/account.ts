/** `/account`: shows a user their account and takes its forms. */
import type { FastifyReply, FastifyRequest } from "fastify";
import {
  accountPage,
  accountPasskeyPage,
  messagePage,
  type Notice,
  setupAppPage,
  type Texts,
} from "../../../managed-login/index.ts";
import type { OperationContext } from "../../../user-pools/index.ts";
import { PAGE_FAILED, PageError } from "../../authorization-request.ts";
import { csrfToken, endBrowserSession, isOwnForm } from "../../browser/index.ts";
import type { Endpoint } from "../../endpoint.ts";
import { formFieldsOf, type Parameters, queryOf } from "../../parameters.ts";
import { signedOutHref } from "../../signed-out.ts";
import { qrCodeOf } from "../qr-code.ts";
import { sendPage } from "../send-page.ts";
import { type Tell, tellError, tellExpiredForm, tellNothing, tellRefusal } from "../tell.ts";
import { accountActions, type Done } from "./account-actions.ts";
import { accountData, accountState } from "./account-state.ts";
import { type AccountVisit, openAccount, pageHref, signInHref } from "./account-visit.ts";

type Arguments = [
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
];

/** @throws PageError, UnclearParameters */
export async function showAccount(...[request, reply, endpoint, context]: Arguments): Promise<FastifyReply> {
  const query = queryOf(request);
  const returned = query.get("state");
  // Without its description: anybody can write the query.
  if (query.has("error")) throw new PageError(PAGE_FAILED);
  if (!query.has("client_id") && returned !== undefined) {
    const back = new URLSearchParams({ client_id: returned });
    return reply.redirect(`${endpoint.basePath}/account?${back}`, 303);
  }
  const visit = await openAccount(request, reply, endpoint, query, context);
  if ("signInHref" in visit) return reply.redirect(visit.signInHref, 302);
  return sendAccount(visit, tellDone(query.get("done")));
}

/** @throws PageError, UnclearParameters */
export async function takeAccount(...[request, reply, endpoint, context]: Arguments): Promise<FastifyReply> {
  const visit = await openAccount(request, reply, endpoint, queryOf(request), context);
  if ("signInHref" in visit) return reply.redirect(visit.signInHref, 303);
  const fields = formFieldsOf(request);
  if (!isOwnForm(request, fields)) {
    return sendAccount(visit, tellExpiredForm);
  }
  const name = fields.get("action") ?? "";
  const action = Object.hasOwn(accountActions, name) ? accountActions[name] : undefined;
  if (action === undefined) throw new PageError(PAGE_FAILED);
  const { needsFresh } = action;
  if (!visit.isFresh && (typeof needsFresh === "function" ? needsFresh(fields, visit) : needsFresh)) {
    return reply.redirect(signInHref(endpoint, visit.client), 303);
  }
  const refusal = refusalOf(name, fields, await nameOf(visit));
  if (refusal !== undefined) return sendAccount(visit, refusal);
  try {
    return await answerDone(await action.run(fields, visit), visit);
  } catch (error) {
    const tell = tellRefusal(error);
    return name === "app_finish" ? sendAppSetup(visit, tell) : sendAccount(visit, tell);
  }
}

/** `/account/data`: everything about the user, as JSON. @throws PageError, UnclearParameters */
export async function downloadAccount(
  ...[request, reply, endpoint, context]: Arguments
): Promise<FastifyReply> {
  const visit = await openAccount(request, reply, endpoint, queryOf(request), context);
  if ("signInHref" in visit) return reply.redirect(visit.signInHref, 302);
  return reply
    .headers({
      "cache-control": "no-store",
      "content-disposition": 'attachment; filename="account.json"',
    })
    .type("application/json;charset=UTF-8")
    .send(JSON.stringify(await accountData(visit), undefined, 2));
}

/** Errors of the form itself, before any operation is called. */
function refusalOf(action: string, fields: Parameters, name: string): Tell | undefined {
  if (action === "password" && fields.get("new_password") !== fields.get("confirm_password")) {
    return tellError((texts) => texts.fields.passwordsDiffer);
  }
  if (action === "delete" && (fields.get("confirm_name") ?? "").trim() !== name) {
    return tellError((texts) => texts.account.typeToConfirm(name));
  }
  return undefined;
}

async function nameOf(visit: AccountVisit): Promise<string> {
  return (await accountState(visit)).name;
}

async function answerDone(done: Done, visit: AccountVisit): Promise<FastifyReply> {
  const { request, reply, endpoint, context, pool, client } = visit;
  switch (done) {
    case "app":
      return sendAppSetup(visit, tellNothing);
    case "passkey":
      return sendPasskeySetup(visit);
    case "signedOut":
      await endBrowserSession(request, reply, pool.id, context);
      return reply.redirect(signedOutHref(endpoint, client.id), 303);
    case "deleted":
      await endBrowserSession(request, reply, pool.id, context);
      return sendPage(visit, { pool, client }, (texts) => messagePage(texts.account.deleted));
    default:
      return reply.redirect(`${pageHref(visit)}&done=${done}`, 303);
  }
}

function tellDone(done: string | undefined): Tell {
  if (done !== "saved" && done !== "codeSent" && done !== "removed" && done !== "ended") return tellNothing;
  return (texts: Texts): Notice => ({ kind: "success", text: texts.account.done[done] });
}

function hiddenOf({ request, reply, context }: AccountVisit) {
  return { _csrf: csrfToken(request, reply, context) };
}

async function sendAccount(visit: AccountVisit, tell: Tell): Promise<FastifyReply> {
  const { endpoint, pool, client, isFresh } = visit;
  const state = await accountState(visit);
  const hidden = hiddenOf(visit);
  return sendPage(visit, { pool, client }, (texts) =>
    accountPage(
      {
        ...state,
        hidden,
        notice: tell(texts),
        signInAgainHref: isFresh ? undefined : signInHref(endpoint, client),
        dataHref: pageHref(visit, "/data"),
      },
      texts,
    ),
  );
}

/** The secret is the one that AssociateSoftwareToken has just kept with the user. */
async function sendAppSetup(visit: AccountVisit, tell: Tell): Promise<FastifyReply> {
  const { context, pool, client, user } = visit;
  const current = await context.store.users.getBySub(pool.id, user.sub);
  const secret = current?.pendingTotpSecret;
  if (secret === undefined) return sendAccount(visit, tell);
  const qrCode = await qrCodeOf(pool, await nameOf(visit), secret);
  const hidden = { ...hiddenOf(visit), action: "app_finish" };
  return sendPage(visit, { pool, client }, (texts) =>
    setupAppPage(
      { hidden, notice: tell(texts), restartHref: pageHref(visit), restartText: texts.account.back },
      { secret, qrCode },
      texts,
    ),
  );
}

async function sendPasskeySetup(visit: AccountVisit): Promise<FastifyReply> {
  const { pool, client, callAsUser } = visit;
  const { CredentialCreationOptions } = await callAsUser("StartWebAuthnRegistration");
  const step = { hidden: hiddenOf(visit), notice: undefined, backHref: pageHref(visit) };
  return sendPage(visit, { pool, client }, (texts) =>
    accountPasskeyPage(step, JSON.stringify(CredentialCreationOptions), texts),
  );
}
