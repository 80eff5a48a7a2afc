import {
  NotAuthorizedException,
  UserNotConfirmedException,
  UserNotFoundException,
} from "../../api-model/index.ts";
import { type JwtClaims, readJwt, verifyJwt } from "../../crypto/index.ts";
import { isPoolId } from "../../pool-ids.ts";
import type {
  AppClientRecord,
  SignInRecord,
  SigningKeyRecord,
  UserPoolRecord,
  UserRecord,
} from "../../storage/index.ts";
import { requireClient } from "../app-clients/index.ts";
import type { Environment } from "../environment.ts";
import { API_SCOPE, originJtiOf } from "./claims.ts";
import type { KeyRing } from "./signing-keys.ts";
import type { VerifiedTokens } from "./verified-tokens.ts";

/** The user of an access token. */
export interface AccessTokenBearer {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly user: UserRecord;
  readonly signIn: SignInRecord;
  readonly claims: JwtClaims;
}

/** The keys, caches and ports by which a token is verified. */
export interface VerificationContext extends Environment {
  readonly keyRing: KeyRing;
  readonly verifiedTokens: VerifiedTokens;
}

/** Conditions for an access token beside being this server's and valid. */
export interface AccessTokenRequirement {
  readonly scope: string;
  /** Says that the scope is missing. */
  readonly refusal: () => Error;
}

const API_ACCESS: AccessTokenRequirement = {
  scope: API_SCOPE,
  refusal: () => refused("Access Token does not have required scopes"),
};

/** The identity in an ID token, for services outside the pool. */
export interface WebIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** The app client's id. */
  readonly audience: string;
}

export type WebIdentityVerdict =
  | { readonly identity: WebIdentity }
  /** No ID token of this server's. */
  | { readonly fault: "unverified" }
  | { readonly fault: "expired"; readonly expiredAtSeconds: number };

/**
 * Verifies an access token for the user pools API. Unlike verifiers elsewhere it checks revocation.
 *
 * @throws NotAuthorizedException the token is no access token of this server's, has expired or was revoked, was issued for
 *   other uses, or its user is disabled, or was deleted and the name belongs to a new user
 * @throws UserNotFoundException its user is gone
 * @throws UserNotConfirmedException its user was deleted, and the name belongs to a new user who is not confirmed
 * @see Developer Guide, "Verifying JSON web tokens"
 */
export async function verifyAccessToken(
  token: string,
  context: VerificationContext,
  requirement: AccessTokenRequirement = API_ACCESS,
): Promise<AccessTokenBearer> {
  const { store } = context;
  const { pool, claims } = await verifyAccessClaims(token, context);
  if (!scopesOf(claims).includes(requirement.scope)) throw requirement.refusal();

  const [user, signIn, client] = await Promise.all([
    store.users.getBySub(pool.id, String(claims.sub)),
    store.signIns.get(originJtiOf(claims) ?? ""),
    requireClient(store, pool.id, String(claims.client_id)),
  ]);
  if (user === undefined) throw await userGone(pool, String(claims.username), store);
  if (!user.enabled) throw refused("User is disabled.");
  // A sign-in outlives its access tokens in the store: one that is not there was never made, or went with its user.
  if (signIn === undefined || signIn.revokedAt !== undefined) throw refused(ACCESS_TOKEN_REVOKED);
  return { pool, client, user, signIn, claims };
}

/** The refusal for a deleted user; others if a new user has the same name (recorded 2026-09-24). */
async function userGone(
  { id }: UserPoolRecord,
  username: string,
  { users }: Environment["store"],
): Promise<NotAuthorizedException | UserNotConfirmedException | UserNotFoundException> {
  const successor = await users.find(id, username);
  if (successor?.username !== username) return new UserNotFoundException("User does not exist.");
  return successor.status === "UNCONFIRMED"
    ? new UserNotConfirmedException("User is not confirmed.")
    : refused("Invalid access token.");
}

/**
 * The claims of an access token, of a user or of a client alone, whether or not they still exist.
 *
 * @throws NotAuthorizedException it is no access token of this server's, or has expired
 */
export async function verifyAccessClaims(
  token: string,
  context: VerificationContext,
): Promise<{ readonly pool: UserPoolRecord; readonly claims: JwtClaims }> {
  const verdict = await verify(token, context);
  if ("fault" in verdict) throw refused(TEXT_OF_FAULT[verdict.fault]);
  const { pool, claims, use } = verdict;
  if (use !== "access" || claims.token_use !== "access") throw refused(INVALID);
  if (hasExpired(claims, context.clock.now())) throw refused("Access Token has expired");
  return { pool, claims };
}

/**
 * Verifies an ID token as a verifier outside would, by signature, issuer and time. Revocation does not show there, nor here.
 *
 * @see IAM User Guide, "OIDC federation"
 */
export async function verifyWebIdentity(
  token: string,
  context: VerificationContext,
): Promise<WebIdentityVerdict> {
  const verdict = await verify(token, context);
  if ("fault" in verdict || verdict.use !== "id") return { fault: "unverified" };
  const { iss, sub, aud, exp, token_use } = verdict.claims;
  if (token_use !== "id" || typeof exp !== "number") return { fault: "unverified" };
  if (hasExpired(verdict.claims, context.clock.now())) return { fault: "expired", expiredAtSeconds: exp };
  return { identity: { issuer: String(iss), subject: String(sub), audience: String(aud) } };
}

/** The user, the client and the pool that an ID token names, which a client sends back as a hint. */
export interface IdTokenHint {
  readonly poolId: string;
  readonly subject: string;
  readonly clientId: string;
}

/**
 * Reads an ID token that a client sends back as a hint. It may have expired: it proves nothing, it only names the user.
 *
 * @returns undefined if it is not an ID token of this server
 * @see OpenID Connect Core 1.0 §3.1.2.1, `id_token_hint`; RP-Initiated Logout 1.0 §4
 */
export async function readIdTokenHint(
  token: string,
  context: VerificationContext,
): Promise<IdTokenHint | undefined> {
  const verdict = await verify(token, context);
  if ("fault" in verdict || verdict.use !== "id") return undefined;
  const { sub, aud, token_use } = verdict.claims;
  if (token_use !== "id") return undefined;
  return { poolId: verdict.pool.id, subject: String(sub), clientId: String(aud) };
}

/** The text for an access token that stopped counting before its time. */
export const ACCESS_TOKEN_REVOKED = "Access Token has been revoked";

const INVALID = "Invalid Access Token";
const TEXT_OF_FAULT = {
  malformed: INVALID,
  unverified: "Could not verify signature for Access Token",
  "wrong issuer": INVALID,
} as const;

type Verdict =
  | {
      readonly pool: UserPoolRecord;
      readonly claims: JwtClaims;
      /** The kind of token that the signing key is for. */
      readonly use: SigningKeyRecord["use"];
    }
  | { readonly fault: keyof typeof TEXT_OF_FAULT };

/** Verifies what all tokens share: that one of the keys of the pool they name signed them, under its present issuer. */
async function verify(
  token: string,
  { store, issuerOf, keyRing, verifiedTokens }: VerificationContext,
): Promise<Verdict> {
  const known = verifiedTokens.get(token);
  const read = known ?? readToken(token);
  if (read === undefined) return { fault: "malformed" };
  const { claims, kid } = read;
  const issuer = claims.iss;
  const pool = typeof issuer === "string" ? await poolOf(issuer, store) : undefined;
  if (pool === undefined || typeof kid !== "string") return { fault: "unverified" };

  const published = await keyRing.publishedKey(pool.id, kid);
  if (published === undefined) return { fault: "unverified" };
  if (known === undefined) {
    const verdict = verifyJwt(token, () => published.key.publicKey);
    if ("fault" in verdict) return verdict;
    verifiedTokens.add(token, verdict);
  }
  // Tokens from before a change of the pool's IssuerConfiguration stay valid.
  const isOwn = issuer === issuerOf(pool.id, "ORIGINAL") || issuer === issuerOf(pool.id, "UPDATED");
  if (!isOwn) return { fault: "wrong issuer" };
  return { pool, claims, use: published.use };
}

/** The content of a token that is not verified yet. */
function readToken(token: string): { readonly claims: JwtClaims; readonly kid: unknown } | undefined {
  const read = readJwt(token);
  return read && { claims: read.claims, kid: read.header.kid };
}

async function poolOf(issuer: string, store: Environment["store"]): Promise<UserPoolRecord | undefined> {
  const poolId = issuer.slice(issuer.lastIndexOf("/") + 1);
  return isPoolId(poolId) ? store.pools.get(poolId) : undefined;
}

function hasExpired({ exp }: JwtClaims, now: number): boolean {
  return typeof exp !== "number" || now >= exp * 1000;
}

export function scopesOf({ scope }: JwtClaims): readonly string[] {
  return typeof scope === "string" ? scope.split(" ") : [];
}

function refused(text: string): NotAuthorizedException {
  return new NotAuthorizedException(text);
}
