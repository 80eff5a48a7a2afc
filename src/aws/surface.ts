import type { FastifyReply, FastifyRequest } from "fastify";
import {
  BodyRefused,
  type ReceivedRequest,
  type Surface,
  type SurfaceResponse,
  sendResponse,
} from "../http/index.ts";
import { lazy } from "../lazy.ts";
import {
  handleJsonRequest,
  hasTarget,
  type JsonDependencies,
  writeError as writeJsonError,
} from "./json-protocol/index.ts";
import { handleKmsRequest, isKmsRequest, type KmsDependencies } from "./kms/index.ts";
import type { QueryDependencies } from "./query-protocol/index.ts";

/** STS and IAM, which many servers are never asked for. */
const queryProtocol = lazy(() => import("./query-protocol/index.ts"));

interface AwsDependencies<Context> {
  readonly kms: KmsDependencies;
  readonly json: JsonDependencies<Context>;
  readonly query: QueryDependencies;
}

/** `POST /` and its preflight, and `GET /` of presigned calls. A person's browser is sent to the console. */
export function awsSurface<Context>(dependencies: AwsDependencies<Context>): Surface {
  const answer = async (request: FastifyRequest, reply: FastifyReply) =>
    sendResponse(reply, await answerAwsRequest(request.received(), dependencies));

  return async (app) => {
    // Signatures cover the header as it was sent; its value means nothing here, so it may be any.
    app.addHook("onRequest", (request, _reply, done) => {
      if (request.headers["content-type"] !== undefined)
        request.headers["content-type"] = "application/octet-stream";
      done();
    });
    const inherited = app.errorHandler;
    app.setErrorHandler(async (error, request, reply) =>
      error instanceof BodyRefused
        ? sendResponse(reply, await refuseBody(error, request.received(), dependencies))
        : inherited.call(app, error, request, reply),
    );
    app.route({ method: ["POST", "OPTIONS"], url: "/", handler: answer });
    app.get("/", (request, reply) => {
      const isBrowser =
        String(request.headers.accept ?? "").includes("text/html") && !request.url.includes("?");
      return isBrowser ? reply.redirect("/console/") : answer(request, reply);
    });
  };
}

/** In the form of the protocol that the request is of; the name of the fault is that of the JSON protocol in both. */
async function refuseBody<Context>(
  { statusCode, message }: BodyRefused,
  request: ReceivedRequest,
  { json }: AwsDependencies<Context>,
): Promise<SurfaceResponse> {
  const code = statusCode === 413 ? "RequestEntityTooLargeException" : "ServiceUnavailableException";
  const fault = { code, message, status: statusCode };
  const requestId = json.newRequestId();
  if (hasTarget(request)) return writeJsonError(fault, requestId);
  const { writeError } = await queryProtocol();
  return writeError("sts", fault, requestId);
}

/** A target is the JSON protocol's mark; without one a request is a form of STS or IAM, or nothing that AWS understands. */
async function answerAwsRequest<Context>(
  request: ReceivedRequest,
  { json, query, kms }: AwsDependencies<Context>,
): Promise<SurfaceResponse> {
  if (isKmsRequest(request)) return handleKmsRequest(request, kms);
  if (hasTarget(request)) return handleJsonRequest(request, json);
  const { handleQueryRequest, queryServiceOf } = await queryProtocol();
  const service = queryServiceOf(request);
  return service === undefined
    ? handleJsonRequest(request, json)
    : handleQueryRequest(service, request, query);
}
