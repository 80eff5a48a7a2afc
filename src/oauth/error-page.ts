/** `/error`, and errors that cannot be sent to a client. HTTP 400 as in the service. */
import type { FastifyReply } from "fastify";
import { errorPage, messageText } from "../managed-login/index.ts";
import { ERROR_PAGE_CODES } from "./authorization-request.ts";
import { type Answering, sendPage } from "./pages/send-page.ts";

const SHOWN_CODES: ReadonlySet<string> = new Set(ERROR_PAGE_CODES);

/** Shows a known error by its code alone: the query is anybody's to write. */
export function showErrorPage(answering: Answering): Promise<FastifyReply> {
  const error = new URL(answering.request.url, "http://local").searchParams.get("error") ?? "";
  answering.reply.code(400);
  return sendPage(answering, undefined, (texts) =>
    errorPage(
      { message: SHOWN_CODES.has(error) ? `${texts.error.page} (${error})` : texts.error.page },
      texts,
    ),
  );
}

/** Shows an error if there is no client to send it to. */
export function sendErrorPage(answering: Answering, message: string): Promise<FastifyReply> {
  answering.reply.code(400);
  return sendPage(answering, undefined, (texts) =>
    errorPage({ message: messageText(message, texts) }, texts),
  );
}

/** HTTP 429: the address has sent too many forms. */
export function sendBusyPage(answering: Answering): Promise<FastifyReply> {
  answering.reply.code(429).header("retry-after", "60");
  return sendPage(answering, undefined, (texts) =>
    errorPage({ message: texts.error.tooManyRequests }, texts),
  );
}

/** HTTP 500: a defect. */
export function sendFailurePage(answering: Answering): Promise<FastifyReply> {
  answering.reply.code(500);
  return sendPage(answering, undefined, (texts) => errorPage({ message: texts.error.somethingWrong }, texts));
}
