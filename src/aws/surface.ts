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
import {
  type QueryDependencies,
  queryServiceOf,
  writeError as writeQueryError,
} from "./query-protocol/index.ts";

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
    app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      if (error instanceof BodyRefused)
        return sendResponse(reply, refuseBody(error, request.received(), dependencies));
      // Fastify's refusals of what is no request to AWS.
      if (error.statusCode !== undefined) return inherited.call(app, error, request, reply);
      return sendResponse(reply, answerDefect(error, request.received(), dependencies));
    });
    app.route({ method: ["POST", "OPTIONS"], url: "/", handler: answer });
    app.get("/", (request, reply) => {
      const isBrowser =
        String(request.headers.accept ?? "").includes("text/html") && !request.url.includes("?");
      return isBrowser ? reply.redirect("/console/") : answer(request, reply);
    });
  };
}

/** In the form of the request's protocol. The name of the fault is the JSON protocol's in both. */
function refuseBody<Context>(
  { statusCode, message }: BodyRefused,
  request: ReceivedRequest,
  { json }: AwsDependencies<Context>,
): SurfaceResponse {
  const code = statusCode === 413 ? "RequestEntityTooLargeException" : "ServiceUnavailableException";
  const fault = { code, message, status: statusCode };
  const requestId = json.newRequestId();
  return hasTarget(request) ? writeJsonError(fault, requestId) : writeQueryError("sts", fault, requestId);
}

/** What fails outside of a protocol's handler, which answers its own defects: the handler itself could not be loaded. */
function answerDefect<Context>(
  error: Error,
  request: ReceivedRequest,
  { json }: AwsDependencies<Context>,
): SurfaceResponse {
  const requestId = json.newRequestId();
  json.log.error({ err: error, requestId }, "A request failed unexpectedly");
  const fault = { message: "Internal server error.", status: 500 };
  return hasTarget(request)
    ? writeJsonError({ ...fault, code: "InternalErrorException" }, requestId)
    : writeQueryError(queryServiceOf(request) ?? "sts", { ...fault, code: "InternalFailure" }, requestId);
}

/** A target is the JSON protocol's mark; without one a request is a form of STS or IAM, or nothing that AWS understands. */
async function answerAwsRequest<Context>(
  request: ReceivedRequest,
  { json, query, kms }: AwsDependencies<Context>,
): Promise<SurfaceResponse> {
  if (isKmsRequest(request)) return handleKmsRequest(request, kms);
  if (hasTarget(request)) return handleJsonRequest(request, json);
  const service = queryServiceOf(request);
  if (service === undefined) return handleJsonRequest(request, json);
  const { handleQueryRequest } = await queryProtocol();
  return handleQueryRequest(service, request, query);
}
