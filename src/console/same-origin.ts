import { isLoopback } from "../loopback.ts";

/** The parts of a request that show its origin. */
export interface RequestSource {
  readonly method: string;
  /** `http://localhost:9229`, as the client addressed this server. */
  readonly ownOrigin: string;
  readonly header: (name: string) => string | undefined;
}

/** Proof that a script sent the request: a form cannot set a header, and another site's script needs CORS permission. */
const SCRIPT_HEADER = "x-cognate-console";

/**
 * Why a request to the session API cannot be from the console's own page; undefined when it can.
 *
 * @see OWASP ASVS 5.0 3.5.1, and the Fetch standard for `Sec-Fetch-Site`
 */
export function foreignReason({ method, ownOrigin, header }: RequestSource): string | undefined {
  if (header(SCRIPT_HEADER) !== "1") return "The header X-Cognate-Console is missing.";
  const site = header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin") return "The request comes from a page of another origin.";
  const origin = header("origin");
  if (origin !== undefined && origin !== ownOrigin) return "The request comes from a page of another origin.";
  if (method === "GET") return undefined;
  if (origin === undefined) return "The header Origin is missing.";
  if (method === "DELETE") return undefined;
  const type = header("content-type")?.split(";")[0]?.trim().toLowerCase();
  return type === "application/json" ? undefined : "The body must be application/json.";
}

/** Whether the client addressed this server by a loopback name: with `foreignReason`, that its page is local too. */
export function isLocal({ ownOrigin }: RequestSource): boolean {
  return URL.canParse(ownOrigin) && isLoopback(new URL(ownOrigin).hostname);
}
