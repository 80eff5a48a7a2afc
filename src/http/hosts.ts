import type { IncomingMessage } from "node:http";
import { isLoopback } from "../loopback.ts";

/**
 * Whether a host name, in lower case and without a port, is this server's. Loopback names are without asking. It is asked
 * for each request, so that a custom domain can be added while the server runs.
 */
export type HostLookup = (name: string) => boolean | Promise<boolean>;

/** The host name in a `Host` header or an origin's authority, in lower case, without its port. */
export function hostName(authority: string): string {
  const bracketed = /^(\[[^\]]*\])(?::\d*)?$/.exec(authority)?.[1];
  return (bracketed ?? authority.replace(/:\d*$/, "")).toLowerCase();
}

/**
 * Whether a request names this server. Answering to any other name would let a web page reach the server by a name of its
 * own that it has made resolve here (DNS rebinding).
 */
export function isOwnHost<Lookup extends HostLookup>(
  hostHeader: string | undefined,
  lookup: Lookup,
): boolean | ReturnType<Lookup> {
  if (hostHeader === undefined) return false;
  const name = hostName(hostHeader);
  return isLoopback(name) || (lookup(name) as ReturnType<Lookup>);
}

/**
 * Whether a request has several Host headers, or a target with another host than its Host header. It must be refused
 * (RFC 9112 §3.2), because a proxy that let it pass may have read the other one.
 */
export function namesSeveralHosts({ headers, rawHeaders, url = "/" }: IncomingMessage): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (name.length === 4 && name.toLowerCase() === "host") count++;
  }
  if (count > 1) return true;
  const authority = url.startsWith("/") ? undefined : /^[^/]+:\/\/([^/?]*)/.exec(url)?.[1];
  return authority !== undefined && authority.toLowerCase() !== headers.host?.toLowerCase();
}

/** Whether the `Origin` header, where there is one, is a page of this machine; `null`, a page without an origin, is not. */
export function isLoopbackOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && isLoopback(new URL(origin).hostname);
}
