/** `/confirm`: confirming a sign-up, which signs the user in. */
import type { FastifyReply } from "fastify";
import { readInput } from "../../aws/json-protocol/index.ts";
import { confirmPage } from "../../managed-login/index.ts";
import { confirmSignUpByCode, factorOfAddress, sealConfirmedSignUp } from "../../user-pools/index.ts";
import { attemptSignIn } from "./login.ts";
import { dropPageData, type PageData, pageDataOf } from "./page-data.ts";
import { sendPage } from "./send-page.ts";
import { codeIn } from "./sign-in/answers.ts";
import { beginConfirmed } from "./sign-in/sign-in-step.ts";
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
  let session: string;
  try {
    session = await confirm(username, visit);
  } catch (error) {
    return send(visit, data, tellRefusal(error));
  }
  dropPageData(visit);
  return attemptSignIn(visit, undefined, () => beginConfirmed(username, session, visit), {
    offersPasskey: true,
  });
}

/** As ConfirmSignUp, whose Session only clients with choice-based sign-in have. @throws ServiceException */
async function confirm(username: string, visit: Visit): Promise<string> {
  const { authorization, context, fields } = visit;
  const { pool, client } = authorization;
  const given = { ClientId: client.id, Username: username, ConfirmationCode: codeIn(fields) };
  const { ConfirmationCode: code } = readInput("ConfirmSignUp", given);
  await context.takeRequest?.("ConfirmSignUp");
  const { user, sentTo } = await confirmSignUpByCode(
    { pool, client, username, code, takesOverAliases: false },
    context,
  );
  return sealConfirmedSignUp(client, user, factorOfAddress(sentTo), context);
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
  return sendPage(visit, ownerOf(visit), (texts, appearance) =>
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
      appearance,
    ),
  );
}
