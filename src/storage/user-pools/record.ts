import type { SetUserPoolMfaConfigRequest, UserPoolType } from "../../api-model/index.ts";

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
