/** A WebAuthn credential of a user. */
export interface PasskeyRecord {
  readonly poolId: string;
  readonly sub: string;
  /** Base64url; unique in the pool. */
  readonly credentialId: string;
  /** In COSE form. */
  readonly publicKey: Uint8Array;
  /** The authenticator's counter, or 0 where it has none. */
  readonly signCount: number;
  readonly friendlyName: string;
  readonly relyingPartyId: string;
  readonly authenticatorAttachment?: string | undefined;
  readonly transports: readonly string[];
  readonly createdAt: number;
}

/** A registration that StartWebAuthnRegistration began. A user has one at most. */
export interface PasskeyRegistrationRecord {
  readonly poolId: string;
  readonly sub: string;
  /** Base64url. */
  readonly challenge: string;
  readonly relyingPartyId: string;
  readonly expiresAt: number;
}
