/**
 * `/login`: who signs in and how, then a page for each challenge, and at the end the redirect to the client. Nothing is kept
 * between two of them but what the form carries, sealed; the `Session` of a challenge works once.
 *
 * @see Developer Guide, "Login endpoint"
 */
import type { FastifyReply } from "fastify";
import { ServiceException } from "../../api-model/index.ts";
import { Overloaded } from "../../crypto/index.ts";
import { messageText, type Notice, signInPage, type Texts } from "../../managed-login/index.ts";
import { finishSignIn } from "../../user-pools/index.ts";
import { PageError, providersOf } from "../authorization-request.ts";
import { answerWithGrant, tellClient } from "../authorize.ts";
import { startBrowserSession } from "../browser-session.ts";
import { challengePage } from "./challenge-page.ts";
import { allowsRecovery, allowsSignUp, isChoiceBased, isCustom, nameFormOf } from "./pool-rules.ts";
import { qrCodeOf } from "./qr-code.ts";
import { sendPage } from "./send-page.ts";
import { openStep, type ShownStep, sealStep } from "./shown-step.ts";
import { answer, begin, type Outcome, type SignedIn } from "./sign-in-step.ts";
import { hiddenOf, hrefOf, isFromOwnPage, nameOf, ownerOf, type Visit } from "./visit.ts";

/** What a page tells; it depends on the language. */
export type Tell = (texts: Texts) => Notice | undefined;

export const tellNothing: Tell = () => undefined;
const tellError =
  (textOf: (texts: Texts) => string): Tell =>
  (texts) => ({ kind: "error", text: textOf(texts) });

export async function showLogin(visit: Visit): Promise<FastifyReply> {
  requireAnyProvider(visit);
  const name = visit.authorization.loginHint ?? "";
  return sendSignIn(visit, name, tellNothing);
}

export async function takeLogin(visit: Visit): Promise<FastifyReply> {
  requireAnyProvider(visit);
  requireLocalSignIn(visit);
  if (!isFromOwnPage(visit)) {
    return sendSignIn(
      visit,
      nameOf(visit),
      tellError((texts) => texts.error.expiredForm),
    );
  }
  const sealed = visit.fields.get("step");
  if (sealed === undefined) return attempt(visit, undefined, () => begin(visit));
  const step = openStep(sealed, visit.authorization.client.id, visit.context);
  if (step === undefined)
    return sendSignIn(
      visit,
      "",
      tellError((texts) => texts.error.expiredForm),
    );
  return attempt(visit, step, () => answer(step, visit));
}

/** @param before the step whose form was sent; undefined for the sign-in page's own */
async function attempt(
  visit: Visit,
  before: ShownStep | undefined,
  take: () => Promise<Outcome>,
): Promise<FastifyReply> {
  let outcome: Outcome;
  try {
    outcome = await take();
  } catch (error) {
    const tell = tellOf(error);
    if (tell === undefined) throw error;
    if (before !== undefined && canBeTriedAgain(error)) return sendStep(visit, before, tell);
    return sendSignIn(visit, before?.name ?? nameOf(visit), tell);
  }
  return answerOutcome(visit, outcome);
}

/** Where a step has led: to another page, or back to the client. */
export async function answerOutcome(visit: Visit, outcome: Outcome): Promise<FastifyReply> {
  return "ask" in outcome ? sendStep(visit, outcome.ask, tellNothing) : finish(visit, outcome.signedIn);
}

/** What a refusal of a step is told as. @returns undefined for a defect */
function tellOf(error: unknown): Tell | undefined {
  if (error instanceof ServiceException) return tellError((texts) => messageText(error.message, texts));
  if (error instanceof Overloaded) return tellError((texts) => texts.error.busy);
  return undefined;
}

/** Whether the challenge is still open. A refused Session is not, nor is one of a user who may not sign in. */
function canBeTriedAgain(error: unknown): boolean {
  if (error instanceof Overloaded) return true;
  return error instanceof ServiceException && TRIED_AGAIN.has(error.name);
}

const TRIED_AGAIN: ReadonlySet<string> = new Set([
  "CodeMismatchException",
  "EnableSoftwareTokenMFAException",
  "ExpiredCodeException",
  "InvalidParameterException",
  "InvalidPasswordException",
  "PasswordHistoryPolicyViolationException",
]);

async function finish(visit: Visit, step: SignedIn): Promise<FastifyReply> {
  const { request, reply, authorization, context } = visit;
  const { pool, client, scopes, nonce, resource } = authorization;
  const { user } = step.attempt;
  const wanted = { pool, client, user, signIn: step.signIn, scopes, nonce, resource };
  const { grant, tokens } = await finishSignIn(wanted, context).catch(tellClient(authorization));
  await startBrowserSession(request, reply, user, context);
  return answerWithGrant(reply, authorization, grant, tokens, context);
}

function requireAnyProvider({ authorization: { client } }: Visit): void {
  if (providersOf(client).length > 0) return;
  throw new PageError("No identity provider is enabled for this app client.");
}

/** A form for local users is not there in clients that have none. */
function requireLocalSignIn({ authorization: { client } }: Visit): void {
  if (providersOf(client).includes("COGNITO")) return;
  throw new PageError("No identity provider is enabled for this app client.");
}

export async function sendSignIn(visit: Visit, username: string, tell: Tell): Promise<FastifyReply> {
  const { pool, client } = visit.authorization;
  const providers = providersOf(client);
  const isLocal = providers.includes("COGNITO");
  const hidden = hiddenOf(visit);
  const local = isLocal
    ? {
        asksForPassword: !isChoiceBased(pool, client) && !isCustom(pool, client),
        forgotPasswordHref: allowsRecovery(pool) ? hrefOf(visit, "/forgotPassword") : undefined,
        signUpHref: allowsSignUp(pool) ? hrefOf(visit, "/signup") : undefined,
      }
    : undefined;
  return sendPage(visit, ownerOf(visit), (texts, appearance) =>
    signInPage(
      {
        hidden,
        notice: tell(texts),
        username,
        nameForm: nameFormOf(pool),
        providers: providers
          .filter((name) => name !== "COGNITO")
          .map((name) => ({ name, href: hrefOf(visit, "/oauth2/authorize", { identity_provider: name }) })),
        ssoHref: undefined,
        local,
        session: undefined,
      },
      texts,
      appearance,
    ),
  );
}

/** The page that asks for what a step needs. */
async function sendStep(visit: Visit, step: ShownStep, tell: Tell): Promise<FastifyReply> {
  const { context, authorization } = visit;
  const hidden = hiddenOf(visit, { step: sealStep(step, context) });
  const secret = step.setup?.secret;
  const qrCode = secret === undefined ? undefined : await qrCodeOf(authorization.pool, step.name, secret);
  const forgotPasswordHref = allowsRecovery(authorization.pool)
    ? hrefOf(visit, "/forgotPassword")
    : undefined;
  return sendPage(visit, ownerOf(visit), (texts) =>
    challengePage(
      step,
      {
        model: { hidden, notice: tell(texts), restartHref: hrefOf(visit, "/login") },
        forgotPasswordHref,
        qrCode,
      },
      texts,
    ),
  );
}
