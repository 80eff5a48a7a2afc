/**
 * An RS256 key of a pool. A pool has one signing key for each use. Retired keys of tokens stay published until the last
 * token that they signed has expired. The key for SAML is created with the first request for its certificate, and is
 * kept.
 */
export interface SigningKeyRecord {
  readonly kid: string;
  readonly poolId: string;
  readonly use: "id" | "access" | "saml";
  /** PKCS#8 DER. *Sealed.* */
  readonly privateKey: Uint8Array;
  readonly createdAt: number;
  /** When it stopped signing; undefined while it signs. */
  readonly retiredAt?: number | undefined;
}

/** A generated RSA key that no pool uses yet, so that creating a pool does not wait for one. */
export interface SpareKeyRecord {
  readonly kid: string;
  /** PKCS#8 DER. *Sealed.* */
  readonly privateKey: Uint8Array;
}
