/**
 * The issuer's two documents, by which a verifier knows a pool's tokens.
 *
 * @see OpenID Connect Discovery 1.0 §3; RFC 7517 §5; Developer Guide, "Verifying JSON web tokens"
 */

import { type Surface, type SurfaceResponse, sendResponse } from "../http/index.ts";

/** The keys of a pool as its JWKS lists them. */
export interface JwkSet {
  readonly keys: readonly object[];
}

export interface IssuerDependencies {
  /** Undefined when there is no such pool. */
  readonly jwks: (poolId: string) => Promise<JwkSet | undefined>;
  readonly issuerOf: (poolId: string) => string;
  /** Where clients reach this server, without a slash at the end. */
  readonly baseUrl: () => string;
}

/**
 * How long a verifier may keep the documents. Keys that replace others are published before they sign and stay until
 * what they signed has ended, so a copy of this age does no harm.
 */
const CACHE_SECONDS = 60;

export function issuerSurface(dependencies: IssuerDependencies): Surface {
  return async (app) => {
    app.get<{ Params: { poolId: string } }>("/:poolId/.well-known/jwks.json", async (request, reply) =>
      sendResponse(reply, await jwksDocument(request.params.poolId, dependencies)),
    );
    app.get<{ Params: { poolId: string } }>(
      "/:poolId/.well-known/openid-configuration",
      async (request, reply) =>
        sendResponse(reply, await discoveryDocument(request.params.poolId, dependencies)),
    );
  };
}

/** `GET /{poolId}/.well-known/jwks.json` */
async function jwksDocument(poolId: string, { jwks }: IssuerDependencies): Promise<SurfaceResponse> {
  const keys = await jwks(poolId);
  return keys === undefined ? unknownPool(poolId) : document(200, keys);
}

/**
 * `GET /{poolId}/.well-known/openid-configuration`
 *
 * The endpoint members are absent, as a pool without a domain has no endpoints.
 */
async function discoveryDocument(
  poolId: string,
  { jwks, issuerOf, baseUrl }: IssuerDependencies,
): Promise<SurfaceResponse> {
  if ((await jwks(poolId)) === undefined) return unknownPool(poolId);
  return document(200, {
    id_token_signing_alg_values_supported: ["RS256"],
    issuer: issuerOf(poolId),
    jwks_uri: `${baseUrl()}/${poolId}/.well-known/jwks.json`,
    response_types_supported: ["code", "token"],
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
  });
}

function unknownPool(poolId: string): SurfaceResponse {
  return document(400, { message: `User pool ${poolId} does not exist.` });
}

function document(status: number, body: object): SurfaceResponse {
  return {
    status,
    headers: {
      "content-type": "application/json",
      "access-control-allow-origin": "*",
      "cache-control": status === 200 ? `public, max-age=${CACHE_SECONDS}` : "no-store",
      "x-content-type-options": "nosniff",
    },
    body: JSON.stringify(body),
  };
}
