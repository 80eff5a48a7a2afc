import { ServiceException } from "../../api-model/index.ts";
import type { AppClientRecord } from "../../storage/index.ts";
import type { OperationContext } from "../operation.ts";
import { scopesOf } from "../tokens/index.ts";

/** The state of a token. */
export type Introspection = Readonly<Record<string, unknown>> & { readonly active: boolean };

const INACTIVE: Introspection = { active: false };

/**
 * Whether a token of the asking client's pool is still good, and what it says. Unlike a verifier elsewhere it considers
 * revocation. Cognito has no such endpoint.
 *
 * @param client the authenticated caller
 * @see RFC 7662 §2.2
 */
export async function introspect(
  token: string,
  client: AppClientRecord,
  context: OperationContext,
): Promise<Introspection> {
  return (
    (await accessToken(token, client, context)) ?? (await refreshToken(token, client, context)) ?? INACTIVE
  );
}

async function accessToken(
  token: string,
  client: AppClientRecord,
  { tokens }: OperationContext,
): Promise<Introspection | undefined> {
  try {
    const { pool, claims } = await tokens.verifyAccessClaims(token);
    if (pool.id !== client.poolId) return undefined;
    // A token of a client alone has no sign-in.
    const isOfUser = typeof claims.username === "string";
    if (isOfUser) {
      const [scope = ""] = scopesOf(claims);
      await tokens.verifyAccessToken(token, { scope, refusal: () => new Error("It was just read.") });
    }
    const { scope, client_id, username, exp, iat, sub, aud, iss, jti } = claims;
    return { active: true, scope, client_id, username, token_type: "Bearer", exp, iat, sub, aud, iss, jti };
  } catch (error) {
    if (error instanceof ServiceException) return undefined;
    throw error;
  }
}

/** Only the client that a refresh token was issued to gets its state. */
async function refreshToken(
  token: string,
  client: AppClientRecord,
  { tokens, store, clock }: OperationContext,
): Promise<Introspection | undefined> {
  const opened = tokens.openRefreshToken(token);
  if (opened?.clientId !== client.id) return undefined;
  // It is gone with its client, even if a new one has the same id.
  const signIn = await store.signIns.get(opened.originJti);
  if (signIn === undefined || signIn.revokedAt !== undefined) return undefined;
  if (signIn.rotation !== opened.rotation || clock.now() >= signIn.refreshExpiresAt) return undefined;
  const exp = Math.floor(signIn.refreshExpiresAt / 1000);
  return {
    active: true,
    scope: signIn.scope,
    client_id: client.id,
    token_type: "refresh_token",
    exp,
    sub: signIn.sub,
  };
}
