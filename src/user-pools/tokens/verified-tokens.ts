import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { JwtClaims } from "../../crypto/index.ts";

/** The content of a token whose signature was verified. */
export interface VerifiedToken {
  readonly claims: JwtClaims;
  /** Names the key that signed it. */
  readonly kid: string;
}

/** More tokens than are in use at the same time; one takes about two kilobytes. */
const REMEMBERED_TOKENS = 1000;

/**
 * Signatures that were verified, because a client sends one access token with every request for an hour. A valid
 * signature stays valid; everything else that a token depends on (its key, time, sign-in and user) is checked each time.
 *
 * Tokens are kept by their digest, so that the memory holds none that works.
 */
export class VerifiedTokens {
  readonly #tokens = new LRUCache<string, VerifiedToken>({ max: REMEMBERED_TOKENS });

  get(token: string): VerifiedToken | undefined {
    return this.#tokens.get(digestOf(token));
  }

  add(token: string, verified: VerifiedToken): void {
    this.#tokens.set(digestOf(token), verified);
  }
}

function digestOf(token: string): string {
  return hash("sha256", token, "base64");
}
