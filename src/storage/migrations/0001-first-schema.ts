/**
 * The first schema. It is frozen: databases record a digest of these statements. They are written out, because the
 * descriptions of the tables go on to change.
 */
import type { Dialect } from "../dialect.ts";
import type { Migration } from "./migration.ts";
import { rawStatement } from "./raw-statement.ts";

export const firstSchema: Migration = {
  version: 1,
  name: "first schema",
  statements: (dialect) => [
    ...STATEMENTS.map((statement) => rawStatement(inWordsOf(dialect, statement))),
    dialect.kysely.insertInto("key_counter").values({ id: 1, last: 0 }),
  ],
};

/**
 * The statements are in SQLite's words; Postgres differs in these. Without the collation a prefix search could not use an index
 * there, and the order would depend on the server's locale.
 */
function inWordsOf({ name }: Dialect, statement: string): string {
  if (name === "sqlite") return statement;
  return statement
    .replace(/ without rowid$/, "")
    .replaceAll('" text', '" text collate "C"')
    .replaceAll('" integer', '" bigint')
    .replaceAll('" blob', '" bytea');
}

const STATEMENTS = [
  'create table "installation" ("name" text primary key, "value" text not null) without rowid',
  'create table "key_counter" ("id" integer primary key, "last" integer not null)',
  'create table "purges" ("key" integer primary key, "kind" text not null)',
  'create table "pools" ("key" integer primary key, "id" text not null, "region" text not null, "name" text not null, "settings" text not null, "created_at" integer not null, "last_modified_at" integer not null, constraint "pools_id" unique ("id"))',
  'create index "pools_by_region" on "pools" ("region", "key")',
  'create table "app_clients" ("key" integer primary key, "id" text not null, "pool_key" integer not null, "name" text not null, "sealed_secrets" blob, "settings" text not null, "created_at" integer not null, "last_modified_at" integer not null, constraint "app_clients_id" unique ("id"))',
  'create index "app_clients_of_pool" on "app_clients" ("pool_key", "created_at", "id")',
  'create table "signing_keys" ("kid" text primary key, "pool_key" integer not null, "use" text not null, "sealed_private_key" blob not null, "created_at" integer not null, "retired_at" integer)',
  'create index "signing_keys_of_pool" on "signing_keys" ("pool_key", "created_at", "kid")',
  'create table "spare_keys" ("kid" text primary key, "sealed_private_key" blob not null)',
  'create table "users" ("pool_key" integer not null, "sub" text not null, "username" text not null, "status" text not null, "enabled" integer not null, "attributes" text not null, "pending_attributes" text, "sign_in_names" text not null, "mfa" text, "failed_sign_ins" text, "attempts" text, "created_at" integer not null, "last_modified_at" integer not null, "username_key" text not null, "email_key" text, "phone_number_key" text, "name_key" text, "given_name_key" text, "family_name_key" text, "preferred_username_key" text, "sealed_password" blob, "sealed_password_history" blob, "sealed_totp" blob, constraint "users_primary" primary key ("pool_key", "sub"))',
  'create index "users_by_creation" on "users" ("pool_key", "created_at", "sub")',
  'create index "users_by_status" on "users" ("pool_key", "status", "created_at", "sub")',
  'create index "users_by_username" on "users" ("pool_key", "username_key")',
  'create index "users_by_enabled" on "users" ("pool_key", "enabled", "created_at", "sub")',
  'create index "users_by_email_key" on "users" ("pool_key", "email_key", "created_at", "sub") where "email_key" is not null',
  'create index "users_by_phone_number_key" on "users" ("pool_key", "phone_number_key", "created_at", "sub") where "phone_number_key" is not null',
  'create index "users_by_name_key" on "users" ("pool_key", "name_key", "created_at", "sub") where "name_key" is not null',
  'create index "users_by_given_name_key" on "users" ("pool_key", "given_name_key", "created_at", "sub") where "given_name_key" is not null',
  'create index "users_by_family_name_key" on "users" ("pool_key", "family_name_key", "created_at", "sub") where "family_name_key" is not null',
  'create index "users_by_preferred_username_key" on "users" ("pool_key", "preferred_username_key", "created_at", "sub") where "preferred_username_key" is not null',
  'create table "user_sign_in_names" ("pool_key" integer not null, "name_key" text not null, "sub" text not null, constraint "user_sign_in_names_primary" primary key ("pool_key", "name_key")) without rowid',
  'create table "user_counts" ("pool_key" integer not null, "shard" integer not null, "users" integer not null, constraint "user_counts_primary" primary key ("pool_key", "shard")) without rowid',
  'create table "groups" ("key" integer primary key, "pool_key" integer not null, "name" text not null, "description" text, "role_arn" text, "precedence" integer, "created_at" integer not null, "last_modified_at" integer not null, constraint "groups_name" unique ("pool_key", "name"))',
  'create table "group_members" ("pool_key" integer not null, "sub" text not null, "group_key" integer not null, "joined_at" integer not null, constraint "group_members_primary" primary key ("pool_key", "sub", "group_key"), constraint "group_members_user" foreign key ("pool_key", "sub") references "users" ("pool_key", "sub") on delete cascade) without rowid',
  'create index "group_members_of_group" on "group_members" ("group_key", "joined_at", "sub")',
  'create table "sign_ins" ("origin_jti" text primary key, "pool_key" integer not null, "sub" text not null, "client_key" integer not null, "authenticated_at" integer not null, "event_id" text not null, "scope" text not null, "refresh_expires_at" integer not null, "rotation" integer not null, "previous_usable_until" integer, "revoked_at" integer, "device_key" text, "session" text, constraint "sign_ins_user" foreign key ("pool_key", "sub") references "users" ("pool_key", "sub") on delete cascade) without rowid',
  'create index "sign_ins_of_user" on "sign_ins" ("pool_key", "sub", "authenticated_at", "origin_jti")',
  'create index "sign_ins_by_expiry" on "sign_ins" ("refresh_expires_at")',
  'create table "confirmation_codes" ("pool_key" integer not null, "sub" text not null, "purpose" text not null, "sealed_code" blob not null, "expires_at" integer not null, constraint "confirmation_codes_primary" primary key ("pool_key", "sub", "purpose"), constraint "confirmation_codes_user" foreign key ("pool_key", "sub") references "users" ("pool_key", "sub") on delete cascade)',
  'create index "confirmation_codes_by_expiry" on "confirmation_codes" ("expires_at")',
  'create table "used_tickets" ("id" text primary key, "expires_at" integer not null) without rowid',
  'create index "used_tickets_by_expiry" on "used_tickets" ("expires_at")',
  'create table "sign_in_attempts" ("id" text primary key, "sealed_state" blob not null, "expires_at" integer not null)',
  'create index "sign_in_attempts_by_expiry" on "sign_in_attempts" ("expires_at")',
  'create table "devices" ("pool_key" integer not null, "device_key" text not null, "sub" text not null, "settings" text not null, "sealed_verifier" blob, "created_at" integer not null, constraint "devices_primary" primary key ("pool_key", "device_key"), constraint "devices_user" foreign key ("pool_key", "sub") references "users" ("pool_key", "sub") on delete cascade)',
  'create index "devices_of_user" on "devices" ("pool_key", "sub", "created_at", "device_key")',
  'create table "passkeys" ("pool_key" integer not null, "credential_id" text not null, "sub" text not null, "public_key" blob not null, "sign_count" integer not null, "settings" text not null, "created_at" integer not null, constraint "passkeys_primary" primary key ("pool_key", "credential_id"), constraint "passkeys_user" foreign key ("pool_key", "sub") references "users" ("pool_key", "sub") on delete cascade)',
  'create index "passkeys_of_user" on "passkeys" ("pool_key", "sub", "created_at", "credential_id")',
  'create table "passkey_registrations" ("pool_key" integer not null, "sub" text not null, "challenge" text not null, "relying_party_id" text not null, "expires_at" integer not null, constraint "passkey_registrations_primary" primary key ("pool_key", "sub"), constraint "passkey_registrations_user" foreign key ("pool_key", "sub") references "users" ("pool_key", "sub") on delete cascade) without rowid',
  'create index "passkey_registrations_by_expiry" on "passkey_registrations" ("expires_at")',
  'create table "sso_sessions" ("pool_key" integer not null, "sub" text not null, "id" text not null, "settings" text not null, "created_at" integer not null, "expires_at" integer not null, constraint "sso_sessions_primary" primary key ("pool_key", "sub", "id"), constraint "sso_sessions_user" foreign key ("pool_key", "sub") references "users" ("pool_key", "sub") on delete cascade)',
  'create index "sso_sessions_by_expiry" on "sso_sessions" ("expires_at")',
  'create table "auth_events" ("pool_key" integer not null, "sub" text not null, "id" text not null, "event" text not null, "created_at" integer not null, constraint "auth_events_primary" primary key ("pool_key", "sub", "id"), constraint "auth_events_user" foreign key ("pool_key", "sub") references "users" ("pool_key", "sub") on delete cascade)',
  'create index "auth_events_of_user" on "auth_events" ("pool_key", "sub", "created_at", "id")',
  'create index "auth_events_by_age" on "auth_events" ("created_at")',
  'create table "linked_identities" ("pool_key" integer not null, "provider_name" text not null, "attribute_name" text not null, "value_key" text not null, "sub" text not null, "attribute_value" text not null, "linked_at" integer not null, constraint "linked_identities_primary" primary key ("pool_key", "provider_name", "attribute_name", "value_key"), constraint "linked_identities_user" foreign key ("pool_key", "sub") references "users" ("pool_key", "sub") on delete cascade)',
  'create index "linked_identities_of_user" on "linked_identities" ("pool_key", "sub", "linked_at")',
  'create table "identity_providers" ("pool_key" integer not null, "name" text not null, "type" text not null, "settings" text not null, "identifiers" text not null, "sealed_details" blob not null, "created_at" integer not null, "last_modified_at" integer not null, constraint "identity_providers_primary" primary key ("pool_key", "name"))',
  'create table "identity_provider_identifiers" ("pool_key" integer not null, "identifier" text not null, "provider_name" text not null, constraint "identity_provider_identifiers_primary" primary key ("pool_key", "identifier"), constraint "identity_provider_identifiers_provider" foreign key ("pool_key", "provider_name") references "identity_providers" ("pool_key", "name") on delete cascade) without rowid',
  'create index "identity_provider_identifiers_of_provider" on "identity_provider_identifiers" ("pool_key", "provider_name")',
  'create table "resource_servers" ("pool_key" integer not null, "identifier" text not null, "name" text not null, "scopes" text not null, constraint "resource_servers_primary" primary key ("pool_key", "identifier"))',
  'create table "domains" ("domain" text primary key, "pool_key" integer not null, "settings" text not null, "created_at" integer not null)',
  'create index "domains_of_pool" on "domains" ("pool_key", "created_at", "domain")',
  'create table "documents" ("pool_key" integer not null, "kind" text not null, "client_key" integer not null, "id" text not null, "body" text not null, "blob" blob, "created_at" integer not null, "last_modified_at" integer not null, constraint "documents_primary" primary key ("pool_key", "kind", "client_key", "id"))',
  'create index "documents_of_client" on "documents" ("client_key")',
  'create table "import_jobs" ("pool_key" integer not null, "id" text not null, "settings" text not null, "created_at" integer not null, "sealed_file" blob, constraint "import_jobs_primary" primary key ("pool_key", "id"))',
  'create index "import_jobs_by_creation" on "import_jobs" ("pool_key", "created_at", "id")',
  'create table "inbox" ("id" text primary key, "pool_id" text not null, "username" text not null, "medium" text not null, "destination" text not null, "purpose" text not null, "sent_at" integer not null, "sealed_content" blob not null)',
  'create index "inbox_by_time" on "inbox" ("sent_at", "id")',
  'create index "inbox_of_pool" on "inbox" ("pool_id", "sent_at", "id")',
  'create index "inbox_of_destination" on "inbox" ("destination", "sent_at", "id")',
  'create index "inbox_of_username" on "inbox" ("username", "sent_at", "id")',
  'create table "iam_entities" ("account_id" text not null, "kind" text not null, "name_key" text not null, "path" text not null, "record" text not null, "sealed_secrets" blob, constraint "iam_entities_primary" primary key ("account_id", "kind", "name_key"))',
  'create table "iam_attachments" ("account_id" text not null, "policy_arn" text not null, "relation" text not null, "kind" text not null, "name_key" text not null, constraint "iam_attachments_primary" primary key ("account_id", "policy_arn", "relation", "kind", "name_key"), constraint "iam_attachments_entity" foreign key ("account_id", "kind", "name_key") references "iam_entities" ("account_id", "kind", "name_key") on delete cascade) without rowid',
  'create index "iam_attachments_of_entity" on "iam_attachments" ("account_id", "kind", "name_key")',
  'create table "access_keys" ("id" text primary key, "account_id" text not null, "user_name" text not null, "user_name_key" text not null, "sealed_secret" blob not null, "status" text not null, "created_at" integer not null, "last_used" text)',
  'create index "access_keys_of_user" on "access_keys" ("account_id", "user_name_key", "created_at", "id")',
];
