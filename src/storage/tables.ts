/**
 * The tables as the queries see them. What each is for, how its rows are keyed and which index serves what is told in the
 * migrations that made them; `docs/storage.md` gives the overview.
 *
 * A pool's content is keyed by the pool's `key`, a number that is given once and never again: it is shorter than the pool's
 * id in every index, and content of a deleted pool can never show up in a later pool of the same id. The same holds for the
 * sign-ins of an app client.
 * Columns named `sealed…` hold what the sealer made; `json` in a comment marks text that holds JSON.
 */
import type { CodePurpose, SignInNameKind, SigningKeyRecord, UserStatus } from "./records.ts";

export interface Database {
  schema_migrations: SchemaMigrationsTable;
  installation: InstallationTable;
  key_counter: KeyCounterTable;
  purges: PurgesTable;
  pools: PoolsTable;
  app_clients: AppClientsTable;
  signing_keys: SigningKeysTable;
  spare_keys: SpareKeysTable;
  users: UsersTable;
  user_sign_in_names: UserSignInNamesTable;
  user_counts: UserCountsTable;
  groups: GroupsTable;
  group_members: GroupMembersTable;
  sign_ins: SignInsTable;
  confirmation_codes: ConfirmationCodesTable;
  used_tickets: UsedTicketsTable;
  inbox: InboxTable;
  iam_entities: IamEntitiesTable;
  iam_attachments: IamAttachmentsTable;
  access_keys: AccessKeysTable;
}

export interface SchemaMigrationsTable {
  version: number;
  name: string;
  applied_at: number;
}

export interface InstallationTable {
  name: string;
  value: string;
}

export interface KeyCounterTable {
  id: number;
  last: number;
}

export interface PurgesTable {
  key: number;
  kind: "pool" | "group";
}

export interface PoolsTable {
  key: number;
  id: string;
  region: string;
  name: string;
  /** json */
  settings: string;
  created_at: number;
  last_modified_at: number;
}

export interface AppClientsTable {
  key: number;
  id: string;
  pool_key: number;
  name: string;
  /** json: the secrets, each with its value */
  sealed_secrets: Uint8Array | null;
  /** json */
  settings: string;
  created_at: number;
  last_modified_at: number;
}

export interface SigningKeysTable {
  kid: string;
  pool_key: number;
  use: SigningKeyRecord["use"];
  sealed_private_key: Uint8Array;
  created_at: number;
  retired_at: number | null;
}

export interface SpareKeysTable {
  kid: string;
  sealed_private_key: Uint8Array;
}

/** What ListUsers searches by, folded as `searchKey` does; null where the user lacks the attribute. */
export interface UserSearchColumns {
  email_key: string | null;
  phone_number_key: string | null;
  name_key: string | null;
  given_name_key: string | null;
  family_name_key: string | null;
  preferred_username_key: string | null;
}

export interface UsersTable extends UserSearchColumns {
  pool_key: number;
  sub: string;
  username: string;
  status: UserStatus;
  /** 1 or 0 */
  enabled: number;
  /** json */
  attributes: string;
  /** json */
  pending_attributes: string | null;
  /** json: `[kind, key]` pairs, the same as in user_sign_in_names, so that reading a user reads one row */
  sign_in_names: string;
  /** json: a list of one */
  sealed_password: Uint8Array | null;
  /** json: a list */
  sealed_password_history: Uint8Array | null;
  /** json */
  mfa: string | null;
  /** json: the registered authenticator app, and the secret of one that is not proved yet */
  sealed_totp: Uint8Array | null;
  /** json */
  failed_sign_ins: string | null;
  /** json */
  attempts: string | null;
  created_at: number;
  last_modified_at: number;
}

export interface UserSignInNamesTable {
  pool_key: number;
  kind: SignInNameKind;
  name_key: string;
  sub: string;
}

export interface UserCountsTable {
  pool_key: number;
  shard: number;
  users: number;
}

export interface GroupsTable {
  key: number;
  pool_key: number;
  name: string;
  description: string | null;
  role_arn: string | null;
  precedence: number | null;
  created_at: number;
  last_modified_at: number;
}

export interface GroupMembersTable {
  pool_key: number;
  sub: string;
  group_key: number;
  joined_at: number;
}

export interface SignInsTable {
  origin_jti: string;
  pool_key: number;
  client_key: number;
  sub: string;
  authenticated_at: number;
  event_id: string;
  scope: string;
  refresh_expires_at: number;
  rotation: number;
  previous_usable_until: number | null;
  revoked_at: number | null;
  device_key: string | null;
  /** json */
  session: string | null;
}

export interface ConfirmationCodesTable {
  pool_key: number;
  sub: string;
  purpose: CodePurpose;
  /** json: the code and where it was sent */
  sealed_code: Uint8Array;
  expires_at: number;
}

export interface UsedTicketsTable {
  id: string;
  expires_at: number;
}

export interface InboxTable {
  id: string;
  pool_id: string;
  username: string;
  medium: "EMAIL" | "SMS";
  destination: string;
  purpose: string;
  sent_at: number;
  /** json: subject and body */
  sealed_content: Uint8Array;
}

export type IamEntityKind = "user" | "role" | "policy" | "oidc-provider";

export interface IamEntitiesTable {
  account_id: string;
  kind: IamEntityKind;
  /** The name in lower case. */
  name_key: string;
  path: string;
  /** json: the record without what is sealed */
  record: string;
  /** json: the members of the record that are secret */
  sealed_secrets: Uint8Array | null;
}

export interface IamAttachmentsTable {
  account_id: string;
  policy_arn: string;
  relation: "attached" | "boundary";
  kind: IamEntityKind;
  name_key: string;
}

export interface AccessKeysTable {
  id: string;
  account_id: string;
  user_name: string;
  /** The user's name in lower case. */
  user_name_key: string;
  sealed_secret: Uint8Array;
  status: "Active" | "Inactive";
  created_at: number;
  /** json */
  last_used: string | null;
}
