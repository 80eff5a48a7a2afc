import type { ReceivedRequest } from "../http/index.ts";

/** The client's name for itself. A page cannot set `User-Agent`, so AWS's SDK sends `X-Amz-User-Agent` from browsers. */
export function userAgentOf({ rawHeaders }: ReceivedRequest): string | undefined {
  const header = (name: string) => rawHeaders.find(([rawName]) => rawName.toLowerCase() === name)?.[1];
  return header("x-amz-user-agent") ?? header("user-agent");
}
