/**
 * The documents by which clients find the endpoints and verifiers the keys of a pool.
 *
 * @see OpenID Connect Discovery 1.0 §3; RFC 8414 §2; RFC 7517 §5; Developer Guide, "Verifying JSON web tokens"
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { languages } from "../managed-login/index.ts";
import { isPoolId } from "../pool-ids.ts";
import { OPENID_SCOPES, type OperationContext, registrationOf } from "../user-pools/index.ts";

/**
 * How long a verifier may keep the documents. Keys that replace others are published before they sign and stay until
 * what they signed has ended, so a copy of this age does no harm.
 */
const CACHE_SECONDS = 60;

/** `GET /{poolId}/.well-known/jwks.json` */
export async function sendJwks(
  reply: FastifyReply,
  poolId: string,
  { tokens }: OperationContext,
): Promise<FastifyReply> {
  const keys = await tokens.jwks(poolId);
  return keys === undefined ? sendUnknownPool(reply, poolId) : sendDocument(reply, 200, keys);
}

/**
 * `GET /{poolId}/.well-known/openid-configuration` and RFC 8414's address of the same document. The endpoints have the
 * host of the request, because the client can reach it. It often cannot reach the name of a domain below `localhost`.
 * The members after `subject_types_supported` that Cognito lacks help strict clients.
 */
export async function sendDiscovery(
  request: FastifyRequest,
  reply: FastifyReply,
  { poolId, namesIssuer }: { readonly poolId: string; readonly namesIssuer: boolean },
  { store, issuerOf }: OperationContext,
): Promise<FastifyReply> {
  const pool = isPoolId(poolId) ? await store.pools.get(poolId) : undefined;
  if (pool === undefined) return sendUnknownPool(reply, poolId);
  const base = `${request.protocol}://${request.host}/${poolId}`;
  return sendDocument(reply, 200, {
    authorization_endpoint: `${base}/oauth2/authorize`,
    ...(namesIssuer && { authorization_response_iss_parameter_supported: true }),
    claims_parameter_supported: false,
    code_challenge_methods_supported: ["S256"],
    end_session_endpoint: `${base}/logout`,
    grant_types_supported: ["authorization_code", "implicit", "refresh_token", "client_credentials"],
    id_token_signing_alg_values_supported: ["RS256"],
    introspection_endpoint: `${base}/oauth2/introspect`,
    issuer: issuerOf(poolId, pool.settings.IssuerConfiguration?.Type),
    jwks_uri: `${base}/.well-known/jwks.json`,
    prompt_values_supported: ["none", "login"],
    ...(registrationOf(pool) && { registration_endpoint: `${base}/oauth2/register` }),
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    response_modes_supported: ["query", "fragment"],
    response_types_supported: ["code", "token"],
    revocation_endpoint: `${base}/oauth2/revoke`,
    scopes_supported: OPENID_SCOPES,
    subject_types_supported: ["public"],
    token_endpoint: `${base}/oauth2/token`,
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
    ui_locales_supported: Object.keys(languages),
    userinfo_endpoint: `${base}/oauth2/userInfo`,
  });
}

/**
 * The metadata of the userInfo endpoint as a protected resource: which authorization server its tokens are from.
 *
 * @see RFC 9728 §2, §3.1
 */
export async function sendUserInfoMetadata(
  request: FastifyRequest,
  reply: FastifyReply,
  poolId: string,
  { store, issuerOf }: OperationContext,
): Promise<FastifyReply> {
  const pool = isPoolId(poolId) ? await store.pools.get(poolId) : undefined;
  if (pool === undefined) return sendUnknownPool(reply, poolId);
  return sendDocument(reply, 200, {
    authorization_servers: [issuerOf(poolId, pool.settings.IssuerConfiguration?.Type)],
    bearer_methods_supported: ["header"],
    resource: `${request.protocol}://${request.host}/${poolId}/oauth2/userInfo`,
    scopes_supported: OPENID_SCOPES,
  });
}

function sendUnknownPool(reply: FastifyReply, poolId: string): FastifyReply {
  return sendDocument(reply, 400, { message: `User pool ${poolId} does not exist.` });
}

function sendDocument(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply
    .code(status)
    .headers({
      "content-type": "application/json",
      "access-control-allow-origin": "*",
      "cache-control": status === 200 ? `public, max-age=${CACHE_SECONDS}` : "no-store",
      "x-content-type-options": "nosniff",
    })
    .send(Buffer.from(JSON.stringify(body)));
}
