/** `POST /oauth2/introspect`, which Cognito does not have. @see RFC 7662 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { introspect, OAuthError, type OperationContext } from "../user-pools/index.ts";
import { sendClientRefusal, sendEmpty, sendJson } from "./answers.ts";
import { authenticateClient } from "./client-authentication.ts";
import type { Endpoint } from "./endpoint.ts";
import { formOf, isForm } from "./parameters.ts";

export async function answerIntrospection(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  if (!isForm(request)) return sendEmpty(reply, 405);
  try {
    const parameters = formOf(request);
    const { client } = await authenticateClient(request, parameters, endpoint, context);
    // Otherwise the holder of a token could get its state by a client id, which is public.
    if (client.secrets.length === 0) throw new OAuthError("invalid_client");
    const token = parameters.get("token");
    if (token === undefined) throw new OAuthError("invalid_request");
    return sendJson(reply, 200, await introspect(token, client, context));
  } catch (error) {
    return sendClientRefusal(reply, error);
  }
}
