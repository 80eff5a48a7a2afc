/**
 * The shapes that the store keeps. Times are milliseconds since the Unix epoch. Members marked *sealed* are kept
 * encrypted under the master key by every engine; callers see them in the clear.
 */
import type { SetUserPoolMfaConfigRequest, UserPoolClientType, UserPoolType } from "../api-model/index.ts";

/** What an administrator can set on a pool, in the words of the API. Identity, dates and counts are the record's. */
export type UserPoolSettings = Omit<
  UserPoolType,
  "Id" | "Name" | "Arn" | "Status" | "CreationDate" | "LastModifiedDate" | "EstimatedNumberOfUsers"
> &
  FactorSettings;

/** What only SetUserPoolMfaConfig can set, and GetUserPoolMfaConfig shows. */
export type FactorSettings = Pick<
  SetUserPoolMfaConfigRequest,
  "SoftwareTokenMfaConfiguration" | "EmailMfaConfiguration" | "WebAuthnConfiguration"
> & {
  /** False where SetUserPoolMfaConfig named the factors of a pool with an SmsConfiguration, and SMS was not among them. */
  readonly SmsMfaEnabled?: false | undefined;
};

export interface UserPoolRecord {
  /** For example `us-east-1_AbCdEfGhI`. */
  readonly id: string;
  readonly name: string;
  readonly settings: UserPoolSettings;
  readonly createdAt: number;
  readonly lastModifiedAt: number;
}

/** What an administrator can set on an app client, in the words of the API. */
export type AppClientSettings = Omit<
  UserPoolClientType,
  "UserPoolId" | "ClientId" | "ClientName" | "ClientSecret" | "CreationDate" | "LastModifiedDate"
>;

export interface AppClientSecret {
  /** The id that AddUserPoolClientSecret answers with. */
  readonly id: string;
  /** *Sealed.* */
  readonly value: string;
  readonly createdAt: number;
}

export interface AppClientRecord {
  readonly poolId: string;
  readonly id: string;
  readonly name: string;
  /** Active secrets, oldest first: none for a public client, two while one is being replaced. */
  readonly secrets: readonly AppClientSecret[];
  readonly settings: AppClientSettings;
  readonly createdAt: number;
  readonly lastModifiedAt: number;
}

/** An RS256 key of a pool. A pool has one that signs for each use; retired ones stay published until nothing they signed lives. */
export interface SigningKeyRecord {
  readonly kid: string;
  readonly poolId: string;
  readonly use: "id" | "access";
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

export type MfaFactor = "SMS_MFA" | "SOFTWARE_TOKEN_MFA" | "EMAIL_OTP";

export interface MfaRecord {
  readonly enabled: readonly MfaFactor[];
  readonly preferred?: MfaFactor | undefined;
}

/** Wrong passwords in a row; see the lockout rule of the sign-in engine. */
export interface FailedSignIns {
  readonly count: number;
  readonly lastAt: number;
}

/** An authenticator app that was registered and proved. */
export interface TotpRecord {
  /** Base32 without padding, as AssociateSoftwareToken answers it. *Sealed.* */
  readonly secret: string;
  readonly verifiedAt: number;
  readonly friendlyName?: string | undefined;
  /** The time step (RFC 6238 §4.2) of the last accepted code: no code of this or an earlier step is accepted again. */
  readonly lastUsedStep?: number | undefined;
}

/** An action of which a user has a limited number of attempts in an hour. */
export type LimitedAction =
  | "ChangePassword"
  | "RecoverPassword"
  | "ConfirmSignUp"
  | "ResendConfirmationCode"
  | "VerifyAttribute"
  | "SendAttributeCode"
  | "SendSignInCode";

/** Attempts at one action since a time; see the limits in `src/user-pools/codes`. */
export interface CountedAttempts {
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

export interface GroupRecord {
  readonly poolId: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  /** Lower wins; undefined is the lowest of all. */
  readonly precedence?: number | undefined;
  readonly createdAt: number;
  readonly lastModifiedAt: number;
}

/** What a confirmation code is for. A user has at most one code for each. */
export type CodePurpose = "ForgotPassword" | "SignUp" | "VerifyEmail" | "VerifyPhoneNumber";

/** An address as it was when a code was sent to it. */
export interface CodeDestination {
  readonly attribute: "email" | "phone_number";
  readonly value: string;
}

/** A confirmation code on its way to a user. */
export interface CodeRecord {
  readonly poolId: string;
  readonly sub: string;
  readonly purpose: CodePurpose;
  /** *Sealed.* */
  readonly code: string;
  /** *Sealed.* */
  readonly sentTo: CodeDestination;
  readonly expiresAt: number;
}

/** What is known of a sign-in while its pool tracks sessions. */
export interface TokenSession {
  /** The `SessionId` of ListUserSessions. */
  readonly id: string;
  /** The last refresh or rotation; at first the sign-in. */
  readonly lastActiveAt: number;
  readonly ipAddress?: string | undefined;
  readonly userAgent?: string | undefined;
  /** The managed login session that the sign-in came through: its `OriginSessionId`. */
  readonly ssoSessionId?: string | undefined;
}

/** One sign-in: what the tokens' `origin_jti` names. Refreshing, revoking and signing out act on it. */
export interface SignInRecord {
  readonly originJti: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly sub: string;
  /** The tokens' `auth_time`, in milliseconds here. */
  readonly authenticatedAt: number;
  readonly eventId: string;
  /** The access tokens' `scope`. */
  readonly scope: string;
  readonly refreshExpiresAt: number;
  /** Which refresh token of this sign-in is the newest: 0 for the first, one more for each rotation. */
  readonly rotation: number;
  /** Until when the refresh token before the newest still works: the retry grace period. */
  readonly previousUsableUntil?: number | undefined;
  readonly revokedAt?: number | undefined;
  readonly deviceKey?: string | undefined;
  readonly session?: TokenSession | undefined;
}

/** A message that `cognate dev` kept instead of sending. It may hold a code or a temporary password. */
export interface InboxMessageRecord {
  readonly id: string;
  readonly poolId: string;
  readonly username: string;
  readonly medium: "EMAIL" | "SMS";
  readonly destination: string;
  /** *Sealed.* E-mail only. */
  readonly subject?: string | undefined;
  /** *Sealed.* */
  readonly body: string;
  /** What the message is for, for example `AdminCreateUser`. */
  readonly purpose: string;
  readonly sentAt: number;
}

export interface IamEntityRecord {
  readonly accountId: string;
  /** Names are unique in their account whatever their case. */
  readonly name: string;
  readonly path: string;
  /** `AIDA…` for a user, `AROA…` for a role, `ANPA…` for a policy. */
  readonly uniqueId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
}

/** A user or a role: something that policies can be put on. */
export interface IamIdentityRecord extends IamEntityRecord {
  readonly attachedPolicyArns: readonly string[];
  /** Inline policies: document text as given, by policy name. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
  readonly permissionsBoundaryArn?: string | undefined;
}

export interface IamUserRecord extends IamIdentityRecord {
  readonly login?: IamLoginRecord | undefined;
}

export interface IamLoginRecord {
  /** scrypt hash in a self-describing form. *Sealed.* */
  readonly passwordHash: string;
  readonly createdAt: number;
  /** When the password was last changed; absent while it is the first. */
  readonly changedAt?: number | undefined;
  readonly passwordResetRequired: boolean;
  /** As many as the account's password policy wants not to be used again, the latest first. *Sealed.* */
  readonly earlierPasswordHashes?: readonly string[] | undefined;
}

export interface IamRoleRecord extends IamIdentityRecord {
  readonly trustPolicy: string;
  /**
   * Unique ids of the users and roles that the trust policy names by ARN, by that ARN, from when it was saved: who has since
   * been deleted and made anew is not trusted.
   */
  readonly trustedIds: Readonly<Record<string, string>>;
  readonly description?: string | undefined;
  readonly maxSessionSeconds: number;
  readonly lastUsedAt?: number | undefined;
}

export interface IamPolicyVersionRecord {
  readonly id: string;
  readonly document: string;
  readonly createdAt: number;
}

export interface IamPolicyRecord extends IamEntityRecord {
  readonly description?: string | undefined;
  readonly versions: readonly IamPolicyVersionRecord[];
  readonly defaultVersionId: string;
  /** Of the newest version that there ever was: ids of versions are never used again. */
  readonly lastVersionNumber: number;
  readonly updatedAt: number;
}

export interface IamOidcProviderRecord extends IamEntityRecord {
  /** Its `name` is the provider's URL without the scheme. */
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
}

export interface AccessKeyRecord {
  /** `AKIA…`, unique over all accounts. */
  readonly id: string;
  readonly accountId: string;
  readonly userName: string;
  /** *Sealed.* */
  readonly secret: string;
  readonly status: "Active" | "Inactive";
  readonly createdAt: number;
  readonly lastUsed?: { readonly at: number; readonly service: string; readonly region: string } | undefined;
}
