export type UserStatus =
  | "UNCONFIRMED"
  | "CONFIRMED"
  | "ARCHIVED"
  | "COMPROMISED"
  | "UNKNOWN"
  | "RESET_REQUIRED"
  | "FORCE_CHANGE_PASSWORD"
  | "EXTERNAL_PROVIDER";

/** An SRP-6a verifier in the 3072-bit group, which is all that is kept of a password. *Sealed.* */
export interface PasswordRecord {
  /** Lower-case hex of the salt as an integer, as USER_SRP_AUTH sends it. */
  readonly saltHex: string;
  /** Big-endian bytes of g^x mod N. */
  readonly verifier: Uint8Array;
  readonly setAt: number;
  /** True for a password that an administrator chose and the user has yet to replace. */
  readonly temporary: boolean;
}

/**
 * The hash of a password that another system made. It replaces the password until the user first signs in with it.
 * *Sealed.*
 */
export interface ImportedPasswordRecord {
  /** In a text form that names its algorithm and parameters; see `src/crypto/passwords/imported-hashes.ts`. */
  readonly hash: string;
}

export type MfaFactor = "SMS_MFA" | "SOFTWARE_TOKEN_MFA" | "EMAIL_OTP";

export interface MfaRecord {
  readonly enabled: readonly MfaFactor[];
  readonly preferred?: MfaFactor | undefined;
  /** Whether a passkey counts as both factors, in pools that allow that: `WebAuthnMfaSettings`. */
  readonly passkeys?: true | undefined;
  /** Whether SMS codes were switched on in the form from before SetUserMFAPreference, which `MFAOptions` shows. */
  readonly hasSmsOption?: true | undefined;
}

/** An authenticator app that was registered and proved. */
export interface TotpRecord {
  /** Base32 without padding, as AssociateSoftwareToken answers it. *Sealed.* */
  readonly secret: string;
  readonly friendlyName?: string | undefined;
  /** The time step (RFC 6238 §4.2) of the last accepted code: no code of this or an earlier step is accepted again. */
  readonly lastUsedStep?: number | undefined;
}

/** Wrong passwords in a row; see the lockout rule of the sign-in engine. */
export interface FailedSignIns {
  readonly count: number;
  readonly lastAt: number;
}

/** An action of which a user has a limited number of attempts in an hour. */
export type LimitedAction =
  | "ChangePassword"
  | "RecoverPassword"
  | "ConfirmSignUp"
  | "ResendConfirmationCode"
  | "VerifyAttribute"
  | "SendAttributeCode"
  | "SendNewAddressCode"
  | "SendSignInCode"
  | "AnswerSignInCode";

/** Attempts at one action since a time; see the limits in `src/user-pools/codes`. */
interface CountedAttempts {
  readonly count: number;
  readonly since: number;
}

export type SignInNameKind = "username" | "email" | "phone_number" | "preferred_username";

/**
 * A string that finds a user when given as `Username`: the username itself, or an alias that is active.
 * Unique in its pool by (kind, key): a constraint of the database.
 */
export interface SignInName {
  readonly kind: SignInNameKind;
  /** As compared: folded to lower case in pools that ignore case. */
  readonly key: string;
}

export interface UserRecord {
  readonly poolId: string;
  readonly sub: string;
  readonly username: string;
  readonly status: UserStatus;
  readonly enabled: boolean;
  /** Every attribute but `sub`, by its full name (`email`, `custom:plan`, `dev:custom:x`); values are text, as on the wire. */
  readonly attributes: Readonly<Record<string, string>>;
  /** New values of attributes that replace the ones in `attributes` when their code is given; by the attribute's name. */
  readonly pendingAttributes?: Readonly<Record<string, string>> | undefined;
  readonly signInNames: readonly SignInName[];
  readonly password?: PasswordRecord | undefined;
  readonly importedPassword?: ImportedPasswordRecord | undefined;
  /** Earlier passwords, newest first, as many as the pool's history policy looks back. */
  readonly passwordHistory?: readonly PasswordRecord[] | undefined;
  readonly mfa?: MfaRecord | undefined;
  readonly totp?: TotpRecord | undefined;
  /** The secret of an authenticator app whose first code was not given yet. *Sealed.* */
  readonly pendingTotpSecret?: string | undefined;
  readonly failedSignIns?: FailedSignIns | undefined;
  readonly attempts?: Readonly<Partial<Record<LimitedAction, CountedAttempts>>> | undefined;
  readonly createdAt: number;
  readonly lastModifiedAt: number;
}
