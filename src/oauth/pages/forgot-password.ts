/** `/forgotPassword` and `/confirmForgotPassword`: another password for a code. */
import type { FastifyReply } from "fastify";
import {
  CodeMismatchException,
  ExpiredCodeException,
  InvalidPasswordException,
  PasswordHistoryPolicyViolationException,
  ServiceException,
} from "../../api-model/index.ts";
import { forgotPasswordPage, nameFormOf, resetPasswordPage } from "../../managed-login/index.ts";
import { requireLocalUsers } from "../authorization-request.ts";
import { callAsClient } from "./call.ts";
import { keepPageData, type PageData, pageDataOf } from "./page-data.ts";
import { sendPage } from "./send-page.ts";
import { codeIn } from "./sign-in/answers.ts";
import { type Tell, tellError, tellExpiredForm, tellMessage, tellNothing, tellRefusal } from "./tell.ts";
import { hiddenOf, hrefOf, isFromOwnPage, nameOf, ownerOf, type Visit } from "./visit.ts";

export async function showForgotPassword(visit: Visit): Promise<FastifyReply> {
  requireLocalUsers(visit.authorization);
  return sendForgot(visit, tellNothing);
}

export async function takeForgotPassword(visit: Visit): Promise<FastifyReply> {
  requireLocalUsers(visit.authorization);
  if (!isFromOwnPage(visit)) return sendForgot(visit, tellExpiredForm);
  // The button of the next page that sends another code brings the name of its form.
  const username = nameOf(visit);
  try {
    await startRecovery(visit, username);
  } catch (error) {
    return sendForgot(visit, tellRefusal(error));
  }
  return visit.reply.redirect(hrefOf(visit, "/confirmForgotPassword"), 302);
}

/** Sends a code and leaves for the next page where it went. @throws ServiceException */
async function startRecovery(visit: Visit, username: string, notice?: "reset required"): Promise<void> {
  const { CodeDeliveryDetails } = await callAsClient("ForgotPassword", { Username: username }, visit);
  keepPageData(visit, {
    page: "confirmForgotPassword",
    username,
    destination: CodeDeliveryDetails?.Destination,
    ...(notice && { notice }),
  });
}

/** Where a sign-in ends whose user must have another password. */
export async function redirectToReset(visit: Visit, username: string): Promise<FastifyReply> {
  try {
    await startRecovery(visit, username, "reset required");
  } catch (error) {
    if (!(error instanceof ServiceException)) throw error;
    keepPageData(visit, { page: "confirmForgotPassword", username, error: error.message });
  }
  return visit.reply.redirect(hrefOf(visit, "/confirmForgotPassword"), 302);
}

export async function showResetPassword(visit: Visit): Promise<FastifyReply> {
  requireLocalUsers(visit.authorization);
  const data = pageDataOf("confirmForgotPassword", visit);
  if (data === undefined) return visit.reply.redirect(hrefOf(visit, "/forgotPassword"), 302);
  return sendReset(visit, data, tellOf(data));
}

export async function takeResetPassword(visit: Visit): Promise<FastifyReply> {
  requireLocalUsers(visit.authorization);
  const { fields, reply } = visit;
  const data = pageDataOf("confirmForgotPassword", visit);
  if (data === undefined) return reply.redirect(hrefOf(visit, "/forgotPassword"), 302);
  if (!isFromOwnPage(visit)) return sendReset(visit, data, tellExpiredForm);
  if (fields.get("new_password") !== fields.get("confirm_password")) {
    return sendReset(
      visit,
      data,
      tellError((texts) => texts.fields.passwordsDiffer),
      "password",
    );
  }
  try {
    await callAsClient(
      "ConfirmForgotPassword",
      {
        Username: data.username,
        ConfirmationCode: codeIn(fields),
        Password: fields.get("new_password") ?? "",
      },
      visit,
    );
  } catch (error) {
    return sendReset(visit, data, tellRefusal(error), fieldAtFault(error));
  }
  keepPageData(visit, { page: "login", username: data.username, notice: "password changed" });
  return reply.redirect(hrefOf(visit, "/login"), 302);
}

/** The field that a refusal is about, if the user can mend it there. */
function fieldAtFault(error: unknown): "code" | "password" | undefined {
  if (error instanceof CodeMismatchException || error instanceof ExpiredCodeException) return "code";
  if (error instanceof InvalidPasswordException || error instanceof PasswordHistoryPolicyViolationException)
    return "password";
  return undefined;
}

function tellOf({ notice, error }: PageData): Tell {
  if (error !== undefined) return tellMessage(error);
  if (notice === "reset required")
    return (texts) => ({ kind: "info", text: texts.forgotPassword.resetRequired });
  return tellNothing;
}

async function sendForgot(visit: Visit, tell: Tell): Promise<FastifyReply> {
  const hidden = hiddenOf(visit);
  return sendPage(visit, ownerOf(visit), (texts) =>
    forgotPasswordPage(
      {
        hidden,
        notice: tell(texts),
        username: nameOf(visit),
        nameForm: nameFormOf(visit.authorization.pool.settings),
        signInHref: hrefOf(visit, "/login"),
      },
      texts,
    ),
  );
}

async function sendReset(
  visit: Visit,
  data: PageData,
  tell: Tell,
  invalid?: "code" | "password",
): Promise<FastifyReply> {
  const hidden = hiddenOf(visit);
  return sendPage(visit, ownerOf(visit), (texts, appearance) =>
    resetPasswordPage(
      {
        hidden,
        notice: tell(texts),
        username: data.username,
        destination: data.destination,
        resendHref: hrefOf(visit, "/forgotPassword"),
        signInHref: hrefOf(visit, "/login"),
        invalid,
      },
      texts,
      appearance,
    ),
  );
}
