import type { FastifyReply } from "fastify";
import type { AuthenticationResultType } from "../api-model/index.ts";
import type { RedirectError, RedirectTarget } from "./authorization-request.ts";

type Members = readonly (readonly [name: string, value: string | number | undefined])[];

/** Sends the browser back to the client with a code. */
export function redirectWithCode(reply: FastifyReply, target: RedirectTarget, code: string): FastifyReply {
  return redirect(reply, target, [
    ["code", code],
    ["state", target.state],
  ]);
}

/** Sends the browser back with the tokens themselves, in the fragment: the implicit flow. */
export function redirectWithTokens(
  reply: FastifyReply,
  target: RedirectTarget,
  tokens: AuthenticationResultType,
): FastifyReply {
  return redirect(reply, target, [
    ["id_token", tokens.IdToken],
    ["access_token", tokens.AccessToken],
    ["expires_in", tokens.ExpiresIn],
    ["token_type", tokens.TokenType],
    ["state", target.state],
  ]);
}

export function redirectWithError(
  reply: FastifyReply,
  { target, code, description }: RedirectError,
): FastifyReply {
  return redirect(reply, target, [
    ["error_description", description],
    ["state", target.state],
    ["error", code],
  ]);
}

/** The query of a registered URI is kept. */
function redirect(
  reply: FastifyReply,
  { redirectUri, responseType, issuer }: RedirectTarget,
  members: Members,
): FastifyReply {
  const answer = new URLSearchParams();
  for (const [name, value] of [...members, ["iss", issuer] as const])
    if (value !== undefined) answer.append(name, String(value));
  const separator = responseType === "token" ? "#" : redirectUri.includes("?") ? "&" : "?";
  return redirectTo(reply, `${redirectUri}${separator}${answer}`);
}

/**
 * Redirects to an address that an administrator chose. It may hold characters that a header may not; they are
 * percent-encoded, as a browser would do it.
 *
 * @see RFC 3987 §3.1
 */
export function redirectTo(reply: FastifyReply, address: string): FastifyReply {
  const ascii = address.replace(/[^!-~]+/g, encodeURIComponent);
  return reply.header("cache-control", "no-store").redirect(ascii, 302);
}
