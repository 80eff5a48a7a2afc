import type { FastifyReply, FastifyRequest } from "fastify";
import { type ReceivedRequest, type Surface, type SurfaceResponse, sendResponse } from "../http/index.ts";
import { handleJsonRequest, hasTarget, type JsonDependencies } from "./json-protocol/index.ts";
import { handleQueryRequest, type QueryDependencies, queryServiceOf } from "./query-protocol/index.ts";

export interface AwsDependencies<Context> {
  readonly json: JsonDependencies<Context>;
  readonly query: QueryDependencies;
}

/** `POST /` and its preflight, and `GET /` of presigned calls. A person's browser is sent to the console. */
export function awsSurface<Context>(dependencies: AwsDependencies<Context>): Surface {
  const answer = async (request: FastifyRequest, reply: FastifyReply) =>
    sendResponse(reply, await answerAwsRequest(request.received(), dependencies));

  return async (app) => {
    app.route({ method: ["POST", "OPTIONS"], url: "/", handler: answer });
    app.get("/", (request, reply) => {
      const isBrowser =
        String(request.headers.accept ?? "").includes("text/html") && !request.url.includes("?");
      return isBrowser ? reply.redirect("/console/") : answer(request, reply);
    });
  };
}

/** A target is the JSON protocol's mark; without one a request is a form of STS or IAM, or nothing that AWS understands. */
function answerAwsRequest<Context>(
  request: ReceivedRequest,
  { json, query }: AwsDependencies<Context>,
): Promise<SurfaceResponse> {
  const service = hasTarget(request) ? undefined : queryServiceOf(request);
  return service === undefined
    ? handleJsonRequest(request, json)
    : handleQueryRequest(service, request, query);
}
