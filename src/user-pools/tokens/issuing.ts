import type { AuthenticationResultType } from "../../api-model/index.ts";
import type { AppClientRecord, SignInRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { tokenValidity } from "../app-clients/index.ts";
import type { SignInMethods } from "../assurance/index.ts";
import type { Environment } from "../environment.ts";
import type { RequestContext } from "../request-context.ts";
import { API_SCOPE, accessTokenClaims, idTokenClaims, inTokenOrder } from "./claims.ts";
import { preTokenGeneration, type TokenSource } from "./pre-token-generation.ts";
import { type KeptInRefreshToken, sealRefreshToken } from "./refresh-token.ts";
import type { KeyRing } from "./signing-keys.ts";

/** The user and the sign-in that tokens are issued for. */
export interface IssueRequest {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly user: UserRecord;
  readonly signIn: SignInRecord;
  /** The resource that the tokens are bound to (RFC 8707). */
  readonly resource?: string | undefined;
  /** Becomes the claims `acr` and `amr`. */
  readonly methods?: SignInMethods | undefined;
  /** Of a refresh: the claim `acr` of the sign-in, which a new name of the level does not change. */
  readonly acr?: string | undefined;
  /** Of the authorization request. */
  readonly nonce?: string | undefined;
  /** The source of the tokens for the PreTokenGeneration trigger. */
  readonly source: TokenSource;
  /** Whether the sign-in was at the OAuth endpoints; undefined where only its scope tells. */
  readonly isHosted?: true | undefined;
  readonly requestContext?: RequestContext | undefined;
}

/** The record of a sign-in at `now` (milliseconds), which is still to be stored. */
export function newSignIn(
  client: AppClientRecord,
  user: UserRecord,
  now: number,
  random: Environment["random"],
): SignInRecord {
  return {
    originJti: random.uuid(),
    poolId: client.poolId,
    clientId: client.id,
    sub: user.sub,
    authenticatedAt: now,
    eventId: random.uuid(),
    scope: API_SCOPE,
    refreshExpiresAt: now + tokenValidity(client).refreshSeconds * 1000,
    rotation: 0,
  };
}

/**
 * Makes an ID token and an access token from what the user, their groups and the client's settings are now, and from what
 * the pool's PreTokenGeneration function says.
 */
export async function issueTokens(
  request: IssueRequest,
  environment: Environment,
  keyRing: KeyRing,
): Promise<AuthenticationResultType> {
  const { pool, client, user, signIn, resource, nonce, methods, acr } = request;
  const { store, clock, random, crypto, issuerOf } = environment;
  const [groups, accessKey, idKey] = await Promise.all([
    store.groups.listOfUser(pool.id, user.sub),
    keyRing.signing(pool.id, "access"),
    keyRing.signing(pool.id, "id"),
  ]);
  const changes = await preTokenGeneration(request, groups, environment);
  const subject = {
    pool,
    client,
    user,
    signIn,
    groups,
    issuer: issuerOf(pool.id, pool.settings.IssuerConfiguration?.Type),
    now: clock.now(),
    resource,
    nonce,
    methods,
    acr,
    // The API knows one scope alone.
    isHosted: request.isHosted ?? signIn.scope !== API_SCOPE,
  };
  const signAccess = () =>
    crypto.signJwt(accessKey, inTokenOrder(changes.access(accessTokenClaims(subject, random.uuid()))));
  const signId = (accessToken?: string) =>
    crypto.signJwt(idKey, inTokenOrder(changes.id(idTokenClaims(subject, random.uuid(), accessToken))));
  // The ID token of the API has no hash of the access token, so the two can be signed at the same time.
  if (!subject.isHosted) {
    const [AccessToken, IdToken] = await Promise.all([signAccess(), signId()]);
    return { AccessToken, ...lifetime(client), IdToken };
  }
  const AccessToken = await signAccess();
  const hasIdToken = signIn.scope.split(" ").includes("openid");
  return { AccessToken, ...lifetime(client), ...(hasIdToken && { IdToken: await signId(AccessToken) }) };
}

function lifetime(client: AppClientRecord) {
  return { ExpiresIn: tokenValidity(client).accessSeconds, TokenType: "Bearer" };
}

/** Adds the newest refresh token of the sign-in. */
export function withRefreshToken(
  tokens: AuthenticationResultType,
  { client, signIn, ...kept }: Pick<IssueRequest, "client" | "signIn"> & KeptInRefreshToken,
  { crypto }: Environment,
): AuthenticationResultType {
  return { ...tokens, RefreshToken: sealRefreshToken(crypto, client, signIn, kept) };
}
