import type { FastifyRequest } from "fastify";
import { isPoolId } from "../pool-ids.ts";
import type { OperationContext } from "../user-pools/index.ts";
import { poolOfDomain } from "./domains.ts";

/** What the server's settings change in answers to clients. */
export interface AnswerOptions {
  /** Whether redirects to clients name the issuer (RFC 9207). */
  readonly namesIssuer: boolean;
  /** Whether ID tokens of sign-ins at a provider have a nonce if the client sent none. */
  readonly addsNonce: boolean;
}

/** Under which name of the OAuth endpoints a request came: a pool's domain, `/{poolId}`, or the root of the server. */
export interface Endpoint extends AnswerOptions {
  /** Undefined at the root, where the client or the token finds the pool. */
  readonly poolId: string | undefined;
  /** The prefix of the endpoints' paths: `/{poolId}` or nothing. */
  readonly basePath: string;
  /** Scheme and host as the client addressed them. */
  readonly origin: string;
}

/** Makes the context of an operation that answers a request. */
export type ContextOf = (request: FastifyRequest) => OperationContext;

export interface OAuthDependencies extends AnswerOptions {
  readonly contextOf: ContextOf;
}

/** Scheme and host as the client addressed this server. */
export function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`;
}

/** @returns undefined when the path names no pool */
export async function endpointOf(
  request: FastifyRequest,
  { store }: OperationContext,
  { namesIssuer, addsNonce }: AnswerOptions,
): Promise<Endpoint | undefined> {
  const origin = originOf(request);
  const { poolId } = request.params as { poolId?: string };
  if (poolId !== undefined) {
    if (!isPoolId(poolId) || (await store.pools.get(poolId)) === undefined) return undefined;
    return { poolId, basePath: `/${poolId}`, origin, namesIssuer, addsNonce };
  }
  const ofDomain = await poolOfDomain(request.host, store);
  return { poolId: ofDomain, basePath: "", origin, namesIssuer, addsNonce };
}
