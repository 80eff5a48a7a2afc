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
   * Unique ids of the users and roles that the trust policy names by ARN, by that ARN, at the time of saving. A
   * principal that was deleted and created again since then is not trusted.
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
