import type { FastifyReply, FastifyRequest } from "fastify";
import type { PersonRequest } from "../iam/index.ts";
import { parseJson } from "../json.ts";
import { poolArn, regionOf } from "../pool-ids.ts";
import type { UserPoolRecord } from "../storage/index.ts";
import type { ConsoleBackend, ConsolePrincipal } from "./backend.ts";
import { foreignReason, isLocal } from "./same-origin.ts";
import {
  type ConsoleSession,
  cookieName,
  cookieOptions,
  openSession,
  refreshedSession,
  sealSession,
} from "./sessions.ts";

/** Thrown by a route to answer with `status` and `{"message": …}`. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Routes of one user pool, and of one of its users. */
export const POOL_ROUTE = "/console/api/user-pools/:poolId";
export const USER_ROUTE = `${POOL_ROUTE}/users/:sub`;

export interface PoolParams {
  readonly poolId: string;
}

export interface UserParams extends PoolParams {
  readonly sub: string;
}

/** A value of the query; the first of several under the name. */
export function queryValue({ query }: FastifyRequest, name: string): string | undefined {
  const value = (query as Readonly<Record<string, string | string[] | undefined>>)[name];
  return Array.isArray(value) ? value[0] : value;
}

/** An authorized console user: by a session or, in `dev`, by a request from this machine. */
export interface Visitor {
  readonly principal: ConsolePrincipal;
  /** Undefined without a sign-in: the local administrator of `dev`. */
  readonly session: ConsoleSession | undefined;
}

/** A request to the session API. */
export interface ConsoleRequest {
  readonly isSecure: boolean;
  /** Whether this user needs no sign-in. */
  readonly canSkipSignIn: boolean;
  json(): unknown;
  session(): Promise<ConsoleSession | undefined>;
  visitor(): Promise<Visitor | undefined>;
}

/** The dependencies of each route under `/console/api`. */
export interface RouteContext {
  readonly backend: ConsoleBackend;
  readonly open: (request: FastifyRequest) => ConsoleRequest;
  /** @throws Refused 401 there is no sign-in */
  readonly requireVisitor: (request: FastifyRequest) => Promise<Visitor>;
  /** @throws Refused 401 there is no sign-in; 403 IAM does not allow `action` on all resources */
  readonly requirePermission: (request: FastifyRequest, action: string) => Promise<Visitor>;
  /** @throws Refused 401 there is no sign-in; 403 IAM does not allow `action` on the user pool */
  readonly requirePoolPermission: (
    request: FastifyRequest,
    action: string,
    poolId: string,
  ) => Promise<Visitor>;
  /** @throws Refused 404 there is no such user pool */
  readonly requirePool: (poolId: string) => Promise<UserPoolRecord>;
}

export function createRouteContext(backend: ConsoleBackend): RouteContext {
  const open = (request: FastifyRequest) => openRequest(backend, request);
  const requireVisitor = async (request: FastifyRequest) => {
    const visitor = await open(request).visitor();
    if (visitor === undefined) throw new Refused(401, "Nobody is signed in, or the session has ended.");
    return visitor;
  };
  const requireAllowed = async (
    request: FastifyRequest,
    action: string,
    resource: string,
    ofResource?: Pick<PersonRequest, "region" | "resourceTags">,
  ) => {
    const visitor = await requireVisitor(request);
    const facts = { ...factsOf(request, backend), ...ofResource };
    const refusal = await backend.principals.refusalOf(visitor.principal, action, resource, facts);
    if (refusal !== undefined) throw new Refused(403, refusal);
    return visitor;
  };
  return {
    backend,
    open,
    requireVisitor,
    requirePermission: (request, action) => requireAllowed(request, action, "*"),
    requirePoolPermission: (request, action, poolId) =>
      requireAllowed(request, action, poolArn(backend.info().accountId, poolId), {
        region: regionOf(poolId),
        resourceTags: async () => (await backend.store.pools.get(poolId))?.settings.UserPoolTags,
      }),
    async requirePool(poolId) {
      const pool = await backend.store.pools.get(poolId);
      if (pool === undefined) throw new Refused(404, `User pool ${poolId} does not exist.`);
      return pool;
    },
  };
}

function openRequest(backend: ConsoleBackend, request: FastifyRequest): ConsoleRequest {
  const isSecure = request.protocol === "https";
  const localAdministrator = isLocal(sourceOf(request)) ? backend.principals.localAdministrator : undefined;
  const session = async () => {
    const sealed = request.cookies[cookieName(isSecure)] ?? "";
    return sealed === "" ? undefined : openSession(backend, sealed);
  };
  return {
    isSecure,
    canSkipSignIn: localAdministrator !== undefined,
    json() {
      const value = parseJson(Buffer.isBuffer(request.body) ? request.body.toString("utf8") : "");
      if (value === undefined) throw new Refused(400, "The body is not JSON.");
      return value;
    },
    session,
    async visitor() {
      const found = await session();
      if (found !== undefined) return { principal: found.principal, session: found };
      return localAdministrator && { principal: await localAdministrator(), session: undefined };
    },
  };
}

/** @throws Refused 403 the request cannot be from the console's own page */
export function requireOwnPage(request: FastifyRequest): void {
  const reason = foreignReason(sourceOf(request));
  if (reason !== undefined) throw new Refused(403, reason);
}

/** The condition keys of a request, as for each call of AWS's operations. */
export function factsOf(request: FastifyRequest, { info }: Pick<ConsoleBackend, "info">): PersonRequest {
  return {
    region: info().region,
    isSecure: request.protocol === "https",
    sourceIp: request.ip,
    userAgent: request.headers["user-agent"],
    referer: request.headers.referer,
  };
}

function sourceOf(request: FastifyRequest) {
  return {
    method: request.method === "HEAD" ? "GET" : request.method,
    ownOrigin: `${request.protocol}://${request.host}`,
    header: (name: string) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
  };
}

/** Extends the idle limit of the session. Only for actions of a person, not for automatic requests of a page. */
export async function markUsed(
  backend: ConsoleBackend,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const consoleRequest = openRequest(backend, request);
  const session = await consoleRequest.session();
  const refreshed = session && refreshedSession(session, backend.clock.now());
  if (refreshed !== undefined) setSessionCookie(backend, refreshed, consoleRequest.isSecure, reply);
}

export function setSessionCookie(
  backend: ConsoleBackend,
  session: ConsoleSession,
  isSecure: boolean,
  reply: FastifyReply,
): void {
  reply.setCookie(cookieName(isSecure), sealSession(backend, session), cookieOptions(isSecure));
}
