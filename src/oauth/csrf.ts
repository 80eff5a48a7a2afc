import type { FastifyReply, FastifyRequest } from "fastify";
import { equalSecrets } from "../crypto/index.ts";
import type { OperationContext } from "../user-pools/index.ts";
import { optionsFor } from "./browser-session.ts";
import type { Parameters } from "./parameters.ts";

/** The service's name for it. */
const COOKIE = "XSRF-TOKEN";

/** The value that a form must bring back: that of the browser's cookie, which is made when there is none. */
export function csrfToken(
  request: FastifyRequest,
  reply: FastifyReply,
  { random }: OperationContext,
): string {
  const known = request.cookies[COOKIE];
  if (known !== undefined && /^[\da-f-]{36}$/.test(known)) return known;
  const token = random.uuid();
  reply.setCookie(COOKIE, token, optionsFor(request));
  return token;
}

/** Whether a form was sent by a page of this server in this browser. */
export function isOwnForm(request: FastifyRequest, form: Parameters): boolean {
  const [cookie, field] = [request.cookies[COOKIE], form.get("_csrf")];
  return cookie !== undefined && field !== undefined && equalSecrets(field, cookie);
}
