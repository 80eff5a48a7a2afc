/** `/confirm`: confirming a sign-up, which signs the user in. */
import type { FastifyReply } from "fastify";
import type { ConfirmSignUpResponse } from "../../api-model/index.ts";
import { confirmPage } from "../../managed-login/index.ts";
import { callAsClient } from "./call.ts";
import { attemptSignIn } from "./login.ts";
import { dropPageData, type PageData, pageDataOf } from "./page-data.ts";
import { sendPage } from "./send-page.ts";
import { beginConfirmed } from "./sign-in-step.ts";
import {
  type Tell,
  tellError,
  tellExpiredForm,
  tellMessage,
  tellNothing,
  tellRefusal,
  tellSuccess,
} from "./tell.ts";
import { hiddenOf, hrefOf, isFromOwnPage, ownerOf, type Visit } from "./visit.ts";

export async function showConfirm(visit: Visit): Promise<FastifyReply> {
  const data = pageDataOf("confirm", visit);
  if (data === undefined) return visit.reply.redirect(hrefOf(visit, "/login"), 302);
  return send(visit, data, tellOf(data));
}

export async function takeConfirm(visit: Visit): Promise<FastifyReply> {
  const data = pageDataOf("confirm", visit);
  if (data === undefined) return visit.reply.redirect(hrefOf(visit, "/login"), 302);
  if (!isFromOwnPage(visit)) return send(visit, data, tellExpiredForm);
  const { username } = data;
  let confirmed: ConfirmSignUpResponse;
  try {
    const code = (visit.fields.get("code") ?? "").replace(/\s/g, "");
    confirmed = await callAsClient("ConfirmSignUp", { Username: username, ConfirmationCode: code }, visit);
  } catch (error) {
    return send(visit, data, tellRefusal(error));
  }
  dropPageData(visit);
  const { Session = "" } = confirmed;
  return attemptSignIn(visit, undefined, () => beginConfirmed(username, Session, visit), {
    offersPasskey: true,
  });
}

function tellOf({ notice, error }: PageData): Tell {
  if (error !== undefined) return tellMessage(error);
  if (notice === "resent") return tellSuccess((texts) => texts.confirm.resent);
  if (notice === "not sent") return tellError((texts) => texts.confirm.notSent);
  return tellNothing;
}

async function send(visit: Visit, data: PageData, tell: Tell): Promise<FastifyReply> {
  const { VerificationMessageTemplate } = visit.authorization.pool.settings;
  const hidden = hiddenOf(visit);
  return sendPage(visit, ownerOf(visit), (texts) =>
    confirmPage(
      {
        hidden,
        notice: tell(texts),
        username: data.username,
        destination: data.destination,
        isLink:
          data.isEmail === true && VerificationMessageTemplate?.DefaultEmailOption === "CONFIRM_WITH_LINK",
        resendHref: hrefOf(visit, "/resendcode"),
        signInHref: hrefOf(visit, "/login"),
      },
      texts,
    ),
  );
}
