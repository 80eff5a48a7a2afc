import type { UserPoolClientType } from "../../api-model/index.ts";

/** The settings of an app client that an administrator can change, in the names of the API. */
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
