import type { SetUserPoolMfaConfigRequest, UserPoolType } from "../../api-model/index.ts";

/** The settings of a pool that an administrator can change, in the names of the API. Identity, dates and counts are the record's. */
export type UserPoolSettings = Omit<
  UserPoolType,
  "Id" | "Name" | "Arn" | "Status" | "CreationDate" | "LastModifiedDate" | "EstimatedNumberOfUsers"
> &
  FactorSettings;

/** The settings that only SetUserPoolMfaConfig sets and GetUserPoolMfaConfig shows. */
type FactorSettings = Pick<
  SetUserPoolMfaConfigRequest,
  "SoftwareTokenMfaConfiguration" | "EmailMfaConfiguration" | "WebAuthnConfiguration"
> & {
  /** False where SetUserPoolMfaConfig named the factors of a pool with an SmsConfiguration, and SMS was not among them. */
  readonly SmsMfaEnabled?: false | undefined;
  /** In other regions; see the operations on replicas. */
  readonly Replicas?: readonly ReplicaRecord[] | undefined;
};

/** A replica of a pool in another region. */
export interface ReplicaRecord {
  readonly region: string;
  readonly status: "ACTIVE" | "INACTIVE";
  readonly tags: Readonly<Record<string, string>>;
}

export interface UserPoolRecord {
  /** For example `us-east-1_AbCdEfGhI`. */
  readonly id: string;
  readonly name: string;
  readonly settings: UserPoolSettings;
  readonly createdAt: number;
  readonly lastModifiedAt: number;
}
