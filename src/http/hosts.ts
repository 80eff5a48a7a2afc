import { isLoopback } from "../config/index.ts";

/** The host name in a `Host` header or an origin's authority, in lower case, without its port. */
export function hostName(authority: string): string {
  const bracketed = /^(\[[^\]]*\])(?::\d*)?$/.exec(authority)?.[1];
  return (bracketed ?? authority.replace(/:\d*$/, "")).toLowerCase();
}

/**
 * Whether a request names this server. Answering to any other name would let a web page reach the server by a name of its
 * own that it has made resolve here (DNS rebinding).
 */
export function isOwnHost(hostHeader: string | undefined, ownNames: ReadonlySet<string>): boolean {
  if (hostHeader === undefined) return false;
  const name = hostName(hostHeader);
  return isLoopback(name) || ownNames.has(name);
}

/** Whether the `Origin` header, where there is one, is a page of this machine; `null`, a page without an origin, is not. */
export function isLoopbackOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && isLoopback(new URL(origin).hostname);
}
