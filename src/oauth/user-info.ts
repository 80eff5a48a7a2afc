/** `/oauth2/userInfo`. @see Developer Guide, "UserInfo endpoint"; RFC 6750 §3 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { OAuthError, type OperationContext, userInfo } from "../user-pools/index.ts";
import { sendJson, sendOAuthError } from "./answers.ts";
import { bearerToken } from "./client-authentication.ts";
import type { Endpoint } from "./endpoint.ts";

export async function answerUserInfo(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  const token = bearerToken(request);
  try {
    if (token === undefined) {
      throw new OAuthError("invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
    }
    return sendJson(reply, 200, await userInfo(token, endpoint.poolId, context));
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    // The service leaves the scheme out, which strict clients need.
    const challenge = `Bearer error="${error.code}", error_description="${error.description}"`;
    reply.header("www-authenticate", challenge);
    return sendOAuthError(reply, error, error.code === "invalid_token" ? 401 : 400);
  }
}
