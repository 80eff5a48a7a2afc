import type { FastifyReply, FastifyRequest } from "fastify";
import { equalSecrets } from "../../crypto/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import type { Parameters } from "../parameters.ts";
import { optionsFor } from "./browser-session.ts";

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

/**
 * Whether a form was sent by a page of this server in this browser. The cookie alone does not prove it: a page of a neighbouring
 * domain can set one for a parent of both. Browsers say where a form comes from, and other clients do not.
 *
 * @see RFC 6265 §8.6, "Weak Integrity"; Fetch Metadata Request Headers, `Sec-Fetch-Site`, where a reload by hand is `none`
 */
export function isOwnForm(request: FastifyRequest, form: Parameters): boolean {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const field = form.get("_csrf");
  return field !== undefined && isOfBrowser(request, field);
}

/** Whether a value is that of the browser's cookie. */
export function isOfBrowser(request: FastifyRequest, value: string): boolean {
  const cookie = request.cookies[COOKIE];
  return cookie !== undefined && equalSecrets(value, cookie);
}

/** Whether the browser sent the cookie: one of another site's form does not come with it. */
export function hasCsrfCookie(request: FastifyRequest): boolean {
  return request.cookies[COOKIE] !== undefined;
}
