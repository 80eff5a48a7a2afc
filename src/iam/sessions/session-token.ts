/**
 * Session tokens: the state of temporary credentials, sealed, so that any node can check them and none has to keep them.
 */
import { LRUCache } from "lru-cache";
import type { SignInProof } from "./sign-in-proof.ts";

/** Seals objects so that only this installation can make or read them. */
export interface SessionSealer {
  /** @param purpose keeps what is sealed for one use from being taken for another */
  seal(purpose: string, content: object): string;
  /** @returns undefined for anything that was not sealed here for this purpose */
  open(purpose: string, sealed: string): unknown;
}

/** What a session token says. Times are milliseconds since the epoch. */
export interface SessionClaims {
  /** The `ASIA…` key that the token belongs to, and its secret: neither is stored anywhere else. */
  readonly keyId: string;
  readonly secret: string;
  readonly origin: "role" | "token" | "console";
  /** Name and unique id of the user or role. A principal made anew under the same name does not revive its sessions. */
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
  /** Of a person who signed in to the console: the credentials end with that. */
  readonly signIn?: SignInOfSession | undefined;
}

/** On what temporary credentials stand besides their user. */
export interface SignInOfSession {
  readonly proof: SignInProof;
  /** The id that is marked as used, in the store, when the user signs out. */
  readonly endId: string;
}

const PURPOSE = "aws-session-token";
/** What AWS's own begin with at present; clients make nothing of it, people recognise it. */
const PREFIX = "IQoJb3JpZ2luX2Vj";

/** Makes the token of new temporary credentials. */
export function sealSessionToken(claims: SessionClaims, sealer: SessionSealer): string {
  return PREFIX + sealer.seal(PURPOSE, claims);
}

/** Reads a token. @returns undefined when this installation did not make it; whether it has expired is not looked at */
export function openSessionToken(token: string, sealer: SessionSealer): SessionClaims | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  // What opens was sealed here, so it has the form that it was sealed with.
  return sealer.open(PURPOSE, token.slice(PREFIX.length)) as SessionClaims | undefined;
}

/** Sessions that are busy at the same time, with room to spare; one takes about two kilobytes. */
const REMEMBERED_TOKENS = 2000;

/**
 * A sealer that opens from memory what it opened of late: a session sends its token with every request. Nothing is remembered
 * but what the token says; whether that still holds is asked each time.
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
      // What does not open is not worth the room.
      if (content !== undefined) opened.set(name, { content });
      return content;
    },
  };
}
