/**
 * `/login`: the form of the sign-in, then a page for each challenge, and at the end the redirect to the client. Between
 * two pages the state is only in the form, sealed. The `Session` of a challenge is accepted once.
 *
 * @see Developer Guide, "Login endpoint"
 */
import type { FastifyReply } from "fastify";
import { ServiceException } from "../../api-model/index.ts";
import { Overloaded } from "../../crypto/index.ts";
import { messageOf } from "../../message-of.ts";
import { isLeftToAdministrators, leavesRememberingToUsers, provedMethods } from "../../user-pools/index.ts";
import { noSignInOption, providersOf, requireLocalUsers } from "../authorization-request.ts";
import { startBrowserSession } from "../browser/index.ts";
import { finishGrant } from "../finish-grant.ts";
import { logRefusal } from "../log-refusal.ts";
import { sessionStanding } from "../session-standing.ts";
import { canAddPasskey, offerPasskey } from "./add-passkey.ts";
import { redirectToReset } from "./forgot-password.ts";
import { dropPageData, pageDataOf } from "./page-data.ts";
import { qrCodeOf } from "./qr-code.ts";
import { resendCode } from "./resend-code.ts";
import { sendPage } from "./send-page.ts";
import { challengePage } from "./sign-in/challenge-page.ts";
import { rememberDevice } from "./sign-in/device-cookie.ts";
import { openStep, type ShownStep, sealStep } from "./sign-in/shown-step.ts";
import { sendSignIn } from "./sign-in/sign-in-form.ts";
import { answer, begin, type Outcome, type SignedIn } from "./sign-in/sign-in-step.ts";
import { sendSso, takeSso } from "./sign-in/sso.ts";
import { beginStepUp, sendStepUp, stepUpOf } from "./sign-in/step-up.ts";
import { type Tell, tellError, tellExpiredForm, tellNothing, tellRefusal, tellSuccess } from "./tell.ts";
import { hiddenOf, hrefOf, isFromOwnPage, nameOf, ownerOf, type Visit } from "./visit.ts";

export async function showLogin(visit: Visit): Promise<FastifyReply> {
  requireProvider(visit);
  if (visit.query.has("sso")) return sendSso(visit, tellNothing);
  const standing = await standingOf(visit);
  const session = standing.kind === "enough" ? standing.session : undefined;
  const data = pageDataOf("login", visit);
  if (data === undefined) {
    const stepUp = stepUpOf(visit, standing);
    if (stepUp !== undefined) return sendStepUp(visit, stepUp);
    return sendSignIn(visit, visit.authorization.loginHint ?? "", tellNothing, session);
  }
  dropPageData(visit);
  return sendSignIn(
    visit,
    data.username,
    tellSuccess((texts) => texts.forgotPassword.done),
    session,
  );
}

function standingOf({ request, authorization, context }: Visit) {
  return sessionStanding(request, authorization, context);
}

export async function takeLogin(visit: Visit): Promise<FastifyReply> {
  requireProvider(visit);
  if (visit.query.has("sso")) return takeSso(visit);
  requireLocalUsers(visit.authorization);
  if (!isFromOwnPage(visit)) return sendSignIn(visit, nameOf(visit), tellExpiredForm);
  if (visit.fields.has("step_up")) {
    const stepUp = stepUpOf(visit, await standingOf(visit));
    if (stepUp === undefined) return sendSignIn(visit, "", tellNothing);
    return attemptSignIn(visit, undefined, () => beginStepUp(visit, stepUp));
  }
  const sealed = visit.fields.get("step");
  if (sealed === undefined) return attemptSignIn(visit, undefined, () => begin(visit));
  const step = openStep(sealed, visit.authorization.client.id, visit.context);
  if (step === undefined) return sendSignIn(visit, "", tellExpiredForm);
  if (hasTwoPasswords(visit))
    return sendStep(
      visit,
      step,
      tellError((texts) => texts.fields.passwordsDiffer),
    );
  return attemptSignIn(visit, step, () => answer(step, visit));
}

/** A form whose password was not repeated as it is. */
function hasTwoPasswords({ fields }: Visit): boolean {
  return fields.has("confirm_password") && fields.get("confirm_password") !== fields.get("new_password");
}

interface AttemptOptions {
  /** Whether the user is offered a passkey at the end. */
  readonly offersPasskey: boolean;
}

/**
 * Takes a step of a sign-in and answers with what it leads to.
 *
 * @param before the step whose form was sent; undefined for a form that began a sign-in
 */
export async function attemptSignIn(
  visit: Visit,
  before: ShownStep | undefined,
  take: () => Promise<Outcome>,
  options: AttemptOptions = { offersPasskey: visit.query.get("next") === "passkeys" },
): Promise<FastifyReply> {
  let outcome: Outcome;
  try {
    outcome = await take();
  } catch (error) {
    return answerRefusal(visit, before, error);
  }
  if ("signedIn" in outcome) return finish(visit, outcome.signedIn, options);
  const isSentAgain = before !== undefined && visit.fields.has("resend");
  return sendStep(
    visit,
    outcome.ask,
    isSentAgain ? tellSuccess((texts) => texts.confirm.resent) : tellNothing,
  );
}

async function answerRefusal(
  visit: Visit,
  before: ShownStep | undefined,
  error: unknown,
): Promise<FastifyReply> {
  const tell = tellRefusal(error);
  const name = before?.name ?? nameOf(visit);
  const kind = error instanceof ServiceException ? error.name : undefined;
  if (kind !== undefined) {
    const { pool, client } = visit.authorization;
    const refused = { endpoint: "/login", poolId: pool.id, clientId: client.id };
    logRefusal({ ...refused, error: kind, reason: messageOf(error) }, visit.context);
  }
  if (kind === "UserNotConfirmedException") {
    await resendCode(visit, name);
    return visit.reply.redirect(hrefOf(visit, "/confirm"), 302);
  }
  if (kind === "PasswordResetRequiredException") return redirectToReset(visit, name);
  if (before === undefined) return sendSignIn(visit, name, tell);
  const isOpen = error instanceof Overloaded || (kind !== undefined && TRIED_AGAIN.has(kind));
  return isOpen || before.chosen === "PASSWORD"
    ? sendStep(visit, before, tell)
    : sendSignIn(visit, name, tell);
}

/** Refusals after which the challenge is still open. */
const TRIED_AGAIN: ReadonlySet<string> = new Set([
  "CodeMismatchException",
  "EnableSoftwareTokenMFAException",
  "ExpiredCodeException",
  "InvalidParameterException",
  "InvalidPasswordException",
  "LimitExceededException",
  "TooManyRequestsException",
  "PasswordHistoryPolicyViolationException",
]);

async function finish(
  visit: Visit,
  signedIn: SignedIn,
  { offersPasskey }: AttemptOptions,
): Promise<FastifyReply> {
  const { attempt, signIn } = signedIn;
  const { user } = attempt;
  const methods = provedMethods(attempt);
  await rememberDevice(visit, signedIn);
  await startBrowserSession(visit.request, visit.reply, signIn, visit.context, methods);
  if (offersPasskey && (await canAddPasskey(visit))) return offerPasskey(visit, user, signIn);
  return finishGrant(visit, user, signIn, methods);
}

function requireProvider({ authorization: { client } }: Visit): void {
  if (providersOf(client).length === 0) throw noSignInOption();
}

/** The page that asks for what a step needs. */
async function sendStep(visit: Visit, step: ShownStep, tell: Tell): Promise<FastifyReply> {
  const { context, authorization } = visit;
  const { pool } = authorization;
  const hidden = hiddenOf(visit, { step: sealStep(step, context) });
  const secret = step.setup?.secret;
  const qrCode = secret === undefined ? undefined : await qrCodeOf(pool, step.name, secret);
  const forgotPasswordHref = isLeftToAdministrators(pool) ? undefined : hrefOf(visit, "/forgotPassword");
  return sendPage(visit, ownerOf(visit), (texts, appearance) =>
    challengePage(
      step,
      {
        model: { hidden, notice: tell(texts), restartHref: hrefOf(visit, "/login") },
        forgotPasswordHref,
        qrCode,
        asksToRemember: leavesRememberingToUsers(pool),
      },
      texts,
      appearance,
    ),
  );
}
