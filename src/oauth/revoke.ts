/** `POST /oauth2/revoke`. @see Developer Guide, "Revoke endpoint"; RFC 7009 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { OAuthError, type OperationContext } from "../user-pools/index.ts";
import { sendClientRefusal, sendEmpty } from "./answers.ts";
import { authenticateClient } from "./client-authentication.ts";
import type { Endpoint } from "./endpoint.ts";
import { formOf, isForm } from "./parameters.ts";

export async function answerRevoke(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  if (!isForm(request)) return sendEmpty(reply, 405);
  try {
    const parameters = formOf(request);
    const { client } = await authenticateClient(request, parameters, endpoint, context);
    const token = parameters.get("token");
    if (token === undefined || client.settings.EnableTokenRevocation === false) {
      throw new OAuthError("invalid_request");
    }
    switch (await context.tokens.revoke(client, token)) {
      case "revoked":
        return sendEmpty(reply, 200);
      case "not a refresh token":
        throw new OAuthError("unsupported_token_type");
      case "another client's":
        throw new OAuthError("invalid_grant");
    }
  } catch (error) {
    return sendClientRefusal(reply, error);
  }
}
