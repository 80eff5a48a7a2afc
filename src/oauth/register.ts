/** `POST /oauth2/register`. @see Developer Guide, "Dynamic client registration"; RFC 7591 §3 */
import type { FastifyReply } from "fastify";
import { ServiceException } from "../api-model/index.ts";
import { parseJson } from "../json.ts";
import type { UserPoolRecord } from "../storage/index.ts";
import {
  OAuthError,
  type OperationContext,
  REGISTRATION_SCOPE,
  RegistrationRefused,
  registerClient,
  registrationOf,
} from "../user-pools/index.ts";
import type { AddressLimit } from "./address-limits.ts";
import { sendJson, sendOAuthError } from "./answers.ts";
import type { Handler } from "./at-endpoint.ts";
import { bearerToken } from "./client-authentication.ts";

/** Long enough that waiting is better than asking again. */
const RETRY_AFTER_SECONDS = 10 * 60;

export function answerRegistration(takesRegistration: AddressLimit): Handler {
  return (...request) => answer(takesRegistration, ...request);
}

async function answer(
  takesRegistration: AddressLimit,
  ...[request, reply, endpoint, context]: Parameters<Handler>
): Promise<FastifyReply> {
  const pool = endpoint.poolId === undefined ? undefined : await context.store.pools.get(endpoint.poolId);
  const registration = pool && registrationOf(pool);
  if (pool === undefined || registration === undefined)
    return reply.code(404).send({ message: "There is nothing here." });
  const token = bearerToken(request);
  try {
    if (token !== undefined) await requireRegistrationToken(token, pool, context);
    else if (!registration.isOpen) throw new OAuthError("invalid_token", "A token is needed.");
    else if (!(await takesRegistration(request.ip, context.clock.now()))) {
      reply.header("retry-after", String(RETRY_AFTER_SECONDS));
      return sendOAuthError(reply, new OAuthError("invalid_request", "Rate exceeded"), 429);
    }
    const body = parseJson(Buffer.isBuffer(request.body) ? request.body.toString("utf8") : "");
    if (body === undefined) throw new RegistrationRefused("invalid_client_metadata", "The body is not JSON.");
    return sendJson(reply, 201, await registerClient(pool, body, token === undefined, context));
  } catch (error) {
    if (error instanceof RegistrationRefused) {
      return sendJson(reply, 400, { error: error.code, error_description: error.message });
    }
    if (!(error instanceof OAuthError)) throw error;
    reply.header("www-authenticate", `Bearer error="${error.code}"`);
    return sendOAuthError(reply, error, error.code === "insufficient_scope" ? 403 : 401);
  }
}

/** @throws OAuthError `invalid_token`; `insufficient_scope` it is a good one for something else */
async function requireRegistrationToken(
  token: string,
  pool: UserPoolRecord,
  { tokens, store }: OperationContext,
): Promise<void> {
  try {
    const { pool: issuer, claims } = await tokens.verifyAccessClaims(token);
    const client = await store.clients.get(String(claims.client_id));
    if (issuer.id !== pool.id || client?.poolId !== pool.id) throw new OAuthError("invalid_token");
    const refusal = () => new OAuthError("insufficient_scope");
    if (!String(claims.scope).split(" ").includes(REGISTRATION_SCOPE)) throw refusal();
    // A token of a client alone has no sign-in that could be revoked.
    const isOfUser = typeof claims.username === "string";
    if (isOfUser) await tokens.verifyAccessToken(token, { scope: REGISTRATION_SCOPE, refusal });
  } catch (error) {
    if (error instanceof ServiceException) throw new OAuthError("invalid_token", undefined, { cause: error });
    throw error;
  }
}
