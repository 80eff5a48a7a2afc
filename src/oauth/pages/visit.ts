import type { FastifyReply, FastifyRequest } from "fastify";
import type { Hidden, PageOwner } from "../../managed-login/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import { type AuthorizationRequest, readAuthorization } from "../authorization-request.ts";
import { csrfToken, isOwnForm } from "../browser/index.ts";
import type { Endpoint } from "../endpoint.ts";
import { formFieldsOf, type Parameters, queryOf } from "../parameters.ts";

/** A request of a page that belongs to an authorization request, which its query repeats. */
export interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly endpoint: Endpoint;
  readonly context: OperationContext;
  readonly authorization: AuthorizationRequest;
  readonly query: Parameters;
  /** Of the form; empty for `GET`. */
  readonly fields: Parameters;
}

/** @throws PageError, RedirectError, UnclearParameters */
export async function openVisit(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<Visit> {
  const query = queryOf(request);
  const authorization = await readAuthorization(query, endpoint, context);
  const fields = request.method === "POST" ? formFieldsOf(request) : new Map<string, string>();
  return { request, reply, endpoint, context, authorization, query, fields };
}

/** Of the page itself, not of the authorization request. */
const OWN_PARAMETERS = new Set(["lang", "sso", "next"]);

/** The address of another page of the same authorization request. */
export function hrefOf(
  { endpoint, query }: Pick<Visit, "endpoint" | "query">,
  path: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const kept = [...query].filter(([name]) => !OWN_PARAMETERS.has(name) && !Object.hasOwn(more, name));
  return `${endpoint.basePath}${path}?${new URLSearchParams([...kept, ...Object.entries(more)])}`;
}

export function ownerOf({ authorization: { pool, client } }: Visit): PageOwner {
  return { pool, client };
}

/** The hidden fields of every form. */
export function hiddenOf({ request, reply, context }: Visit, more: Hidden = {}): Hidden {
  return { _csrf: csrfToken(request, reply, context), ...more };
}

export function isFromOwnPage({ request, fields }: Visit): boolean {
  return isOwnForm(request, fields);
}

/** Names are typed by people. */
export function nameOf({ fields }: Visit): string {
  return (fields.get("username") ?? "").trim();
}
