/**
 * Access tokens of clients alone, which no user signs in for (the grant `client_credentials`).
 *
 * @see Developer Guide, "Scopes, M2M, and resource servers"; RFC 6749 §4.4
 */
import type { AuthenticationResultType } from "../../api-model/index.ts";
import type { AppClientRecord, UserPoolRecord } from "../../storage/index.ts";
import { tokenValidity } from "../app-clients/index.ts";
import type { Environment } from "../environment.ts";
import type { RequestContext } from "../request-context.ts";
import { inTokenOrder } from "./claims.ts";
import { changesByFunction } from "./pre-token-generation.ts";
import type { KeyRing } from "./signing-keys.ts";

export interface ClientTokenRequest {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly scopes: readonly string[];
  readonly requestContext: RequestContext;
}

/** Such a token has no sign-in, so it cannot be revoked. */
export async function issueForClient(
  { pool, client, scopes, requestContext }: ClientTokenRequest,
  { clock, random, crypto, issuerOf, triggers }: Environment,
  keyRing: KeyRing,
): Promise<AuthenticationResultType> {
  const issuedAt = Math.floor(clock.now() / 1000);
  const { accessSeconds } = tokenValidity(client);
  const response = await triggers.invoke("TokenGeneration_ClientCredentials", {
    pool,
    clientId: client.id,
    username: "ClientCredentials",
    user: undefined,
    request: { groupConfiguration: null, scopes },
    requestContext,
  });
  const { access } = await changesByFunction(response, false, client.id);
  const claims = {
    sub: client.id,
    token_use: "access",
    scope: scopes.join(" "),
    auth_time: issuedAt,
    iss: issuerOf(pool.id, pool.settings.IssuerConfiguration?.Type),
    exp: issuedAt + accessSeconds,
    iat: issuedAt,
    version: 2,
    jti: random.uuid(),
    client_id: client.id,
  };
  const AccessToken = await crypto.signJwt(
    await keyRing.signing(pool.id, "access"),
    inTokenOrder(access(claims)),
  );
  return { AccessToken, ExpiresIn: accessSeconds, TokenType: "Bearer" };
}
