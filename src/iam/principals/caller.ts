import type { PolicySet } from "../policy-language/index.ts";

/** An authenticated caller, with all policies that determine its permissions. */
export interface Caller {
  /**
   * As GetCallerIdentity returns it: `arn:aws:iam::A:user/alice`, `arn:aws:sts::A:assumed-role/dev/session` or
   * `arn:aws:sts::A:federated-user/bob`.
   */
  readonly arn: string;
  readonly accountId: string;
  /** `federated` for the sessions of GetFederationToken. */
  readonly kind: "user" | "role" | "federated";
  /** As GetCallerIdentity returns it: `AIDA…` of a user, `AROA…:session` of a role session, `A:bob` of a federated user. */
  readonly userId: string;
  /** ARN of the user or federated user, or of the role behind the session. */
  readonly principalArn: string;
  /** `AIDA…` or `AROA…` of the user or role that the permissions are from. */
  readonly uniqueId: string;
  /** Name of that user or role. */
  readonly name: string;
  /** The access key that signed; empty for a person whose rights the console asks for. */
  readonly accessKeyId: string;
  /** Region of the signature's scope. */
  readonly region: string;
  /** Present for temporary credentials. */
  readonly session?: CallerSession | undefined;
  /** Tags of the user or role; those of the session are in it. */
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: PolicySet;
}

/**
 * `role` for the AssumeRole operations, `token` for GetSessionToken, `federated` for GetFederationToken, `console` for a person
 * signed in to the console.
 */
export type SessionOrigin = "role" | "token" | "federated" | "console";

/** Properties of temporary credentials besides the principal. Times are milliseconds since the epoch. */
interface CallerSession {
  readonly origin: SessionOrigin;
  readonly name?: string | undefined;
  readonly issuedAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Tags that are passed on to the sessions of roles that this one assumes. */
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity?: string | undefined;
  /** The provider whose token started the session. */
  readonly federatedProvider?: string | undefined;
}
