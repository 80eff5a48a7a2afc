import { headerOf, type ReceivedRequest } from "../../http/index.ts";
import { CORS_HEADERS } from "../cors.ts";
import type { JsonResponse } from "./response.ts";

const USUAL_REQUEST_HEADERS =
  "content-type,x-amz-target,x-amz-user-agent,cache-control,authorization,x-amz-date,x-amz-content-sha256,x-amz-security-token,amz-sdk-request,amz-sdk-invocation-id";

const TWO_DAYS_IN_SECONDS = 172_800;

/** The answer to a preflight request. It allows every method and header that the request names. */
export function answerPreflight(request: ReceivedRequest, requestId: string): JsonResponse {
  return {
    status: 200,
    headers: {
      "x-amzn-RequestId": requestId,
      ...CORS_HEADERS,
      "Access-Control-Allow-Methods": headerOf(request, "access-control-request-method") ?? "POST",
      "Access-Control-Allow-Headers":
        headerOf(request, "access-control-request-headers") ?? USUAL_REQUEST_HEADERS,
      "Access-Control-Max-Age": String(TWO_DAYS_IN_SECONDS),
    },
    body: "",
  };
}
