import type { Crypto } from "../../crypto/index.ts";
import type { AppClientRecord, SignInRecord } from "../../storage/index.ts";
import type { SignInMethods } from "../assurance/index.ts";

/** The content of a refresh token. The sign-in's record says whether it still counts. */
export interface RefreshToken {
  readonly originJti: string;
  /** The `sub` of the user. A sign-in is deleted with its user; this shows which of the two is missing. */
  readonly sub: string;
  readonly poolId: string;
  readonly clientId: string;
  /** Milliseconds: a client with a fixed id can be deleted and made again, and is another then. */
  readonly clientCreatedAt: number;
  /** Which of the sign-in's refresh tokens this is. */
  readonly rotation: number;
  /** Milliseconds; the record may be gone by then. */
  readonly expiresAt: number;
  /** The resource that access tokens are bound to. */
  readonly resource?: string | undefined;
  /** How the user signed in, which refreshing does not change. */
  readonly methods?: SignInMethods | undefined;
  /** The pool's name of the level of these methods at the sign-in. */
  readonly acr?: string | undefined;
  /** Of a sign-in by the API on a tracked device: it needs the device's key, which no token request can name. */
  readonly needsDeviceKey?: true | undefined;
  /** Of a sign-in at the OAuth endpoints. Refresh tokens from before there was this member do not have it. */
  readonly isHosted?: true | undefined;
}

/** What a refresh token keeps that is not in the sign-in's record. */
export type KeptInRefreshToken = Pick<
  RefreshToken,
  "resource" | "methods" | "acr" | "needsDeviceKey" | "isHosted"
>;

/** The newest refresh token of a sign-in, opaque to everyone else. */
export function sealRefreshToken(
  crypto: Crypto,
  client: AppClientRecord,
  signIn: SignInRecord,
  kept: KeptInRefreshToken = {},
): string {
  const { originJti, sub, poolId, clientId, rotation, refreshExpiresAt: expiresAt } = signIn;
  return crypto.tokens.sealRefreshToken({
    originJti,
    sub,
    poolId,
    clientId,
    clientCreatedAt: client.createdAt,
    rotation,
    expiresAt,
    resource: kept.resource,
    methods: kept.methods,
    acr: kept.acr,
    needsDeviceKey: kept.needsDeviceKey,
    isHosted: kept.isHosted,
  } satisfies RefreshToken);
}

/** @returns undefined for anything that is no refresh token of this server's */
export function openRefreshToken(crypto: Crypto, text: string): RefreshToken | undefined {
  // Nothing but sealRefreshToken seals for this purpose.
  return crypto.tokens.openRefreshToken(text) as RefreshToken | undefined;
}

/** Whether a refresh token was given to this client. */
export function isOfClient(token: RefreshToken, client: AppClientRecord): boolean {
  const { poolId, clientId, clientCreatedAt } = token;
  return poolId === client.poolId && clientId === client.id && clientCreatedAt === client.createdAt;
}

/** Whether each refresh gives the client a new refresh token in place of the one it used. */
export function rotatesRefreshTokens(client: AppClientRecord): boolean {
  return client.settings.RefreshTokenRotation?.Feature === "ENABLED";
}
