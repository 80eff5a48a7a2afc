/**
 * Session tokens: the state of temporary credentials, sealed, so that any node can verify them and none has to store them.
 */
import { LRUCache } from "lru-cache";
import type { SessionOrigin } from "../principals/index.ts";
import type { SignInProof } from "./sign-in-proof.ts";

/** Seals objects so that only this installation can make or read them. */
export interface SessionSealer {
  /** @param purpose prevents use of a sealed value for another purpose */
  seal(purpose: string, content: object): string;
  /** @returns undefined when the value was not sealed by this installation for this purpose */
  open(purpose: string, sealed: string): unknown;
}

/** The content of a session token. Times are milliseconds since the epoch. */
export interface SessionClaims {
  /** The `ASIA…` key that the token belongs to, and its secret: neither is stored anywhere else. */
  readonly keyId: string;
  readonly secret: string;
  readonly origin: SessionOrigin;
  /** Name and unique id of the user or role. A principal created again under the same name does not restore its sessions. */
  readonly name: string;
  readonly uniqueId: string;
  readonly sessionName?: string | undefined;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Session policies; absent when none were passed. */
  readonly policy?: string | undefined;
  readonly policyArns?: readonly string[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly transitiveTagKeys?: readonly string[] | undefined;
  readonly sourceIdentity?: string | undefined;
  readonly federatedProvider?: string | undefined;
  /** The sign-in of a console user: the credentials end with it. */
  readonly signIn?: SignInOfSession | undefined;
}

/** The sign-in that temporary credentials depend on besides their user. */
export interface SignInOfSession {
  readonly proof: SignInProof;
  /** The id that is marked as used, in the store, when the user signs out. */
  readonly endId: string;
}

const PURPOSE = "aws-session-token";
/** The current prefix of AWS's own tokens. Clients do not use it, but people recognise it. */
const PREFIX = "IQoJb3JpZ2luX2Vj";

/** Makes the token of new temporary credentials. */
export function sealSessionToken(claims: SessionClaims, sealer: SessionSealer): string {
  return PREFIX + sealer.seal(PURPOSE, claims);
}

/** Reads a token. @returns undefined when this installation did not issue it; expiry is not checked */
export function openSessionToken(token: string, sealer: SessionSealer): SessionClaims | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  // An opened token was sealed by this installation, so its content has the expected type.
  return sealer.open(PURPOSE, token.slice(PREFIX.length)) as SessionClaims | undefined;
}

/** More sessions than are active at the same time; one takes about two kilobytes. */
const REMEMBERED_TOKENS = 2000;

/**
 * A sealer with a cache of recently opened tokens, because a session sends its token with every request. Only the content of
 * the token is cached; its validity is checked each time.
 */
export function rememberOpened(sealer: SessionSealer): SessionSealer {
  const opened = new LRUCache<string, { readonly content: unknown }>({ max: REMEMBERED_TOKENS });
  return {
    seal: (purpose, content) => sealer.seal(purpose, content),
    open(purpose, sealed) {
      const name = `${purpose} ${sealed}`;
      const known = opened.get(name);
      if (known) return known.content;
      const content = sealer.open(purpose, sealed);
      // Invalid tokens are not cached.
      if (content !== undefined) opened.set(name, { content });
      return content;
    },
  };
}
