/** `/error`, and what cannot be told to a client. HTTP 400 as the service's. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { alert, page } from "./html.ts";
import { queryOf } from "./parameters.ts";

const TEXTS: Readonly<Record<string, string>> = {
  redirect_mismatch: "An error was encountered with the requested page: redirect_mismatch.",
};

/** Shows a known error by its code alone: the query is anybody's to write. */
export function showErrorPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = queryOf(request).get("error") ?? "";
  const text = Object.hasOwn(TEXTS, error) ? TEXTS[error] : undefined;
  return sendErrorPage(reply, text ?? "An error was encountered with the requested page.");
}

export function sendErrorPage(reply: FastifyReply, message: string): FastifyReply {
  return reply
    .code(400)
    .header("cache-control", "no-store")
    .type("text/html;charset=UTF-8")
    .send(page("Error", alert(message)));
}
