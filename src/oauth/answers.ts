/** The JSON answers of the endpoints that programs call. */
import type { FastifyReply } from "fastify";
import { OAuthError } from "../user-pools/index.ts";
import { UnclearParameters } from "./parameters.ts";

/** @see RFC 6749 §5.1; the headers of the service's own answers (Developer Guide, "Token issuer endpoint") */
const NOT_KEPT = {
  "cache-control": "no-cache, no-store, max-age=0, must-revalidate",
  pragma: "no-cache",
  expires: "0",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-xss-protection": "1; mode=block",
};

const JSON_TYPE = "application/json;charset=UTF-8";

export function sendJson(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply
    .code(status)
    .headers({ ...NOT_KEPT, "content-type": JSON_TYPE })
    .send(JSON.stringify(body));
}

/** An error of RFC 6749 §5.2; with HTTP 400 where the RFC asks for 401, as Cognito has it. */
export function sendOAuthError(
  reply: FastifyReply,
  { code, description }: OAuthError,
  status = 400,
): FastifyReply {
  const body = { error: code, ...(description === undefined ? {} : { error_description: description }) };
  return sendJson(reply, status, body);
}

/** The refusal of a client that asks about a token: 401 if it is not who it says. @throws a defect */
export function sendClientRefusal(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof UnclearParameters) return sendOAuthError(reply, new OAuthError("invalid_request"));
  if (!(error instanceof OAuthError)) throw error;
  return sendOAuthError(reply, error, error.code === "invalid_client" ? 401 : 400);
}

export function sendEmpty(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).headers(NOT_KEPT).send();
}
