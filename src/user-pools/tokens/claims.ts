/**
 * The claims of ID and access tokens.
 *
 * @see Developer Guide, "Understanding the identity (ID) token" and "Understanding the access token"
 */

import { hash } from "node:crypto";
import type { JwtClaims } from "../../crypto/index.ts";
import { hashMapOrder } from "../../java-hash-map.ts";
import type {
  AppClientRecord,
  GroupRecord,
  SignInRecord,
  UserPoolRecord,
  UserRecord,
} from "../../storage/index.ts";
import { tokenValidity } from "../app-clients/index.ts";
import { assuranceClaims, type SignInMethods } from "../assurance/index.ts";
import { readableBy } from "../attributes/index.ts";
import { groupClaims } from "../groups/index.ts";
import { rotatesRefreshTokens } from "./refresh-token.ts";
import { attributesOfScope } from "./scopes.ts";

/** Everything that the tokens of one sign-in are made from. */
export interface TokenSubject {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly user: UserRecord;
  readonly signIn: SignInRecord;
  /** Of the user, in order of precedence. */
  readonly groups: readonly GroupRecord[];
  readonly issuer: string;
  /** When the tokens are issued, in milliseconds. */
  readonly now: number;
  /** The resource that the access token is bound to (RFC 8707). */
  readonly resource?: string | undefined;
  /** How the user signed in; undefined where that is not known or the pool has no authentication levels. */
  readonly methods?: SignInMethods | undefined;
  /** Of a refresh: the claim of the sign-in. */
  readonly acr?: string | undefined;
  /** Of the authorization request, for the ID token. */
  readonly nonce?: string | undefined;
  /** Whether the sign-in was at the OAuth endpoints. */
  readonly isHosted: boolean;
}

/** The only scope of tokens that the API issues, whatever scopes the client may ask for elsewhere. The OAuth endpoints have it too. */
export const API_SCOPE = "aws.cognito.signin.user.admin";

/** Undefined members are left out of the token. Their order is not that of the token; see {@link inTokenOrder}. */
export function accessTokenClaims(subject: TokenSubject, jti: string): JwtClaims {
  const { client, user, signIn, groups, issuer, now } = subject;
  const issuedAt = seconds(now);
  return {
    sub: user.sub,
    device_key: signIn.deviceKey,
    "cognito:groups": unlessEmpty(groupClaims(groups).groups),
    iss: issuer,
    version: subject.isHosted ? 2 : undefined,
    ...(subject.resource !== undefined && { aud: subject.resource }),
    ...signInClaims("access", client, signIn),
    token_use: "access",
    scope: signIn.scope,
    auth_time: seconds(signIn.authenticatedAt),
    ...assuranceClaims(subject.pool, subject.methods, subject.acr),
    exp: issuedAt + tokenValidity(client).accessSeconds,
    iat: issuedAt,
    jti,
    client_id: client.id,
    username: user.username,
  };
}

/** Undefined members are left out of the token. Their order is not that of the token; see {@link inTokenOrder}. */
export function idTokenClaims(subject: TokenSubject, jti: string, accessToken?: string): JwtClaims {
  const { pool, client, user, signIn, groups, issuer, now, nonce } = subject;
  const isInScope = attributesOfScope(signIn.scope);
  const { identities, ...attributes } = attributeClaims(pool, client, user, isInScope);
  const { groups: groupNames, roles, preferredRole } = groupClaims(groups);
  const { origin_jti, event_id } = signInClaims("id", client, signIn);
  const issuedAt = seconds(now);
  return {
    at_hash: accessToken && subject.isHosted ? leftHalfHash(accessToken) : undefined,
    sub: user.sub,
    "cognito:groups": unlessEmpty(groupNames),
    "cognito:preferred_role": preferredRole,
    iss: issuer,
    "cognito:username": user.username,
    nonce,
    origin_jti,
    "cognito:roles": unlessEmpty(roles),
    aud: client.id,
    identities,
    event_id,
    token_use: "id",
    auth_time: seconds(signIn.authenticatedAt),
    ...assuranceClaims(pool, subject.methods, subject.acr),
    exp: issuedAt + tokenValidity(client).idSeconds,
    iat: issuedAt,
    jti: origin_jti && jti,
    ...attributes,
  };
}

/**
 * Claims in the order in which Cognito writes them, which carries no meaning: that of a HashMap with one entry more.
 *
 * @see docs/decisions/0357-the-order-of-claims.md
 */
export function inTokenOrder(claims: JwtClaims): JwtClaims {
  const present = Object.entries(claims).filter(([, value]) => value !== undefined);
  return Object.fromEntries(hashMapOrder(present, ([name]) => name, present.length + 1));
}

/**
 * The claims by which a token finds its sign-in.
 *
 * Of clients without token revocation neither token has an `origin_jti`, and the ID token no `jti`. If such a client rotates
 * refresh tokens, its ID tokens have both, and its access tokens have `origin_jti` from the first refresh on (recorded
 * 2026-09-24). So that signing out everywhere stops tokens without an `origin_jti` just as exactly, their `event_id` names
 * the sign-in instead; see {@link originJtiOf}.
 */
function signInClaims(use: "id" | "access", client: AppClientRecord, signIn: SignInRecord) {
  const isNamed =
    client.settings.EnableTokenRevocation !== false ||
    (rotatesRefreshTokens(client) && (use === "id" || signIn.rotation > 0));
  return {
    origin_jti: isNamed ? signIn.originJti : undefined,
    event_id: client.settings.EnableTokenRevocation === false ? signIn.originJti : signIn.eventId,
  };
}

/** Which sign-in a token of ours belongs to. */
export function originJtiOf(claims: JwtClaims): string | undefined {
  const named = claims.origin_jti ?? claims.event_id;
  return typeof named === "string" ? named : undefined;
}

/** base64url of the left half of the SHA-256 of a token. @see OpenID Connect Core §3.1.3.6 */
function leftHalfHash(token: string): string {
  return hash("sha256", token, "buffer").subarray(0, 16).toString("base64url");
}

/** The attributes that the client may read, the scope covers and that have a value. */
function attributeClaims(
  pool: UserPoolRecord,
  client: AppClientRecord,
  user: UserRecord,
  isInScope: (name: string) => boolean,
): JwtClaims {
  const isReadable = readableBy(pool, client);
  const claims: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(user.attributes)) {
    if (value !== "" && isReadable(name) && isInScope(name)) claims[name] = attributeClaim(name, value);
  }
  return claims;
}

/** Attributes are text. The claims of OpenID Connect Core §5.1 have its types; custom attributes stay text whatever their type. */
function attributeClaim(name: string, value: string): unknown {
  switch (name) {
    case "email_verified":
    case "phone_number_verified":
      return value === "true";
    case "updated_at":
      return Number(value);
    case "address":
      return { formatted: value };
    case "identities":
      return identitiesClaim(value);
    default:
      return value;
  }
}

/** The attribute is JSON of a list; in tokens its numbers and booleans are text. */
function identitiesClaim(value: string): unknown {
  const identities: readonly Record<string, unknown>[] = JSON.parse(value);
  return identities.map(({ primary, dateCreated, ...identity }) => ({
    dateCreated: String(dateCreated),
    ...identity,
    primary: String(primary),
  }));
}

function unlessEmpty(list: readonly string[] | undefined): readonly string[] | undefined {
  return list?.length ? list : undefined;
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
