import { headerOf, type ReceivedRequest } from "../http/index.ts";

/** The client's name for itself. A page cannot set `User-Agent`, so AWS's SDK sends `X-Amz-User-Agent` from browsers. */
export function userAgentOf(request: ReceivedRequest): string | undefined {
  return headerOf(request, "x-amz-user-agent") ?? headerOf(request, "user-agent");
}
