import type { FastifyReply, FastifyRequest } from "fastify";
import type { OperationContext } from "../user-pools/index.ts";
import { type Endpoint, endpointOf, type OAuthDependencies } from "./endpoint.ts";

/** Answers a request to one of the endpoints. */
export type Handler = (
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
) => Promise<FastifyReply> | FastifyReply;

/** Makes a route's handler of one that knows its endpoint. */
export type AtEndpoint = (
  handler: Handler,
) => (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** A pool's domain, or the root of the server; and `/{poolId}`. */
export const BASE_PATHS = ["", "/:poolId"] as const;

export function atEndpoint({ contextOf, ...options }: OAuthDependencies): AtEndpoint {
  return (handler) => async (request, reply) => {
    const context = contextOf(request);
    reply.header("x-amz-cognito-request-id", context.request.requestId);
    const endpoint = await endpointOf(request, context, options);
    if (endpoint === undefined) return reply.code(404).send({ message: "There is nothing here." });
    return handler(request, reply, endpoint, context);
  };
}
