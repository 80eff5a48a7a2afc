import type { KeyObject } from "node:crypto";
import type { AuthenticationResultType, RevokeAssociatedSessionsType } from "../../api-model/index.ts";
import type { JwtClaims, PublicJwk } from "../../crypto/index.ts";
import { isPoolId } from "../../pool-ids.ts";
import type { AppClientRecord, SignInRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { clientOfEvent } from "../app-clients/index.ts";
import { assuranceClaims } from "../assurance/index.ts";
import type { Environment } from "../environment.ts";
import { ending, maxSessionsPerUser } from "../sessions/index.ts";
import { type IssueRequest, issueTokens, newSignIn, withRefreshToken } from "./issuing.ts";
import { type ClientTokenRequest, issueForClient } from "./machine-tokens.ts";
import type { TokenSource } from "./pre-token-generation.ts";
import { isOfClient, openRefreshToken, type RefreshToken } from "./refresh-token.ts";
import { type RefreshRequest, refreshTokens } from "./refreshing.ts";
import { samlSigningKey, signingCertificate } from "./signing-certificate.ts";
import { createKeyRing, jwkSet } from "./signing-keys.ts";
import {
  type AccessTokenBearer,
  type AccessTokenRequirement,
  type IdTokenHint,
  readIdTokenHint,
  verifyAccessClaims,
  verifyAccessToken,
  verifyWebIdentity,
  type WebIdentityVerdict,
} from "./verification.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

export interface TokenService {
  /** The record of a sign-in that happens now, to be stored in the transaction that accepts it, before {@link issue}. */
  newSignIn(client: AppClientRecord, user: UserRecord): SignInRecord;
  /** The ID, access and refresh token of a sign-in that has been stored. */
  issue(request: IssueRequest): Promise<AuthenticationResultType>;
  /** See {@link refreshTokens}. */
  refresh(request: RefreshRequest): Promise<AuthenticationResultType>;
  /** Revokes the sign-in of a refresh token, and with LINKED its page session; see {@link RevocationVerdict}. */
  revoke(
    client: AppClientRecord,
    refreshToken: string,
    associated?: RevokeAssociatedSessionsType,
  ): Promise<RevocationVerdict>;
  /** An access token of a client alone, for scopes of resource servers. */
  issueForClient(request: ClientTokenRequest): Promise<AuthenticationResultType>;
  /** See {@link verifyAccessToken}. */
  verifyAccessToken(token: string, requirement?: AccessTokenRequirement): Promise<AccessTokenBearer>;
  /** See {@link verifyAccessClaims}. */
  verifyAccessClaims(token: string): Promise<{ readonly pool: UserPoolRecord; readonly claims: JwtClaims }>;
  /** See {@link signingCertificate}. */
  signingCertificate(poolId: string): Promise<Uint8Array>;
  /** See {@link samlSigningKey}. */
  samlSigningKey(poolId: string): Promise<KeyObject>;
  /** The content of a refresh token; undefined for any other text. The sign-in's record says whether it still counts. */
  openRefreshToken(token: string): RefreshToken | undefined;
  /** See {@link verifyWebIdentity}. */
  verifyWebIdentity(token: string): Promise<WebIdentityVerdict>;
  /** See {@link readIdTokenHint}. */
  readIdTokenHint(token: string): Promise<IdTokenHint | undefined>;
  /** The public keys of a pool's tokens (RFC 7517 §5); undefined when there is no such pool. */
  jwks(poolId: string): Promise<{ readonly keys: readonly PublicJwk[] } | undefined>;
}

/**
 * The result of a revocation. A token that was never issued, has ended or was revoked before counts as revoked (RFC 7009
 * §2.2).
 */
type RevocationVerdict = "revoked" | "not a refresh token" | "another client's";

export function createTokenService(environment: Environment): TokenService {
  const { store, clock, random, crypto, events } = environment;
  const keyRing = createKeyRing(environment);
  const verification = { ...environment, keyRing, verifiedTokens: new VerifiedTokens() };
  const publish = (client: AppClientRecord, source: TokenSource) =>
    events.publish("tokensIssued", { ...clientOfEvent(client), source });
  return {
    newSignIn: (client, user) => newSignIn(client, user, clock.now(), random),
    async issue(request) {
      const isHosted = request.source === "TokenGeneration_HostedAuth" || undefined;
      const tokens = await issueTokens({ ...request, isHosted }, environment, keyRing);
      const needsDeviceKey = (!isHosted && request.signIn.deviceKey !== undefined) || undefined;
      const { acr } = assuranceClaims(request.pool, request.methods);
      publish(request.client, request.source);
      return withRefreshToken(tokens, { ...request, acr, needsDeviceKey, isHosted }, environment);
    },
    async refresh(request) {
      const tokens = await refreshTokens(request, environment, keyRing);
      publish(request.client, "TokenGeneration_RefreshTokens");
      return tokens;
    },
    async revoke(client, refreshToken, associated) {
      const token = openRefreshToken(crypto, refreshToken);
      if (token === undefined) return isCompactJws(refreshToken) ? "not a refresh token" : "revoked";
      if (!isOfClient(token, client)) return "another client's";
      const now = clock.now();
      const signIn = await store.signIns.update(token.originJti, (current) =>
        current.revokedAt === undefined ? { ...current, revokedAt: now } : current,
      );
      const hasParent = associated === "LINKED" && signIn?.session?.ssoSessionId !== undefined;
      // API Reference, "RevokeToken": without effect in a pool that does not track sessions.
      if (hasParent && (await maxSessionsPerUser(store, signIn.poolId)) !== undefined) {
        await (await ending()).endParentSession(signIn, environment);
      }
      return "revoked";
    },
    async issueForClient(request) {
      const tokens = await issueForClient(request, environment, keyRing);
      publish(request.client, "TokenGeneration_ClientCredentials");
      return tokens;
    },
    verifyAccessToken: (token, requirement) => verifyAccessToken(token, verification, requirement),
    verifyAccessClaims: (token) => verifyAccessClaims(token, verification),
    signingCertificate: (poolId) => signingCertificate(environment, poolId),
    samlSigningKey: (poolId) => samlSigningKey(environment, poolId),
    openRefreshToken: (token) => openRefreshToken(crypto, token),
    verifyWebIdentity: (token) => verifyWebIdentity(token, verification),
    readIdTokenHint: (token) => readIdTokenHint(token, verification),
    async jwks(poolId) {
      const published = isPoolId(poolId) ? await keyRing.published(poolId) : [];
      return published.length === 0 ? undefined : jwkSet(published);
    },
  };
}

/** ID and access tokens have three parts, refresh tokens five. */
function isCompactJws(token: string): boolean {
  return token.split(".").length === 3;
}
