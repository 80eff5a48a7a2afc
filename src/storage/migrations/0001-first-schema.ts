/**
 * The first schema.
 *
 * A pool's content is keyed by `pool_key` first. There is no reference from content to its pool: a deleted pool's row goes
 * at once, which hides its content, and the content follows in bounded steps (see `purges`). The sign-ins of a client are
 * hidden with it in the same way, and follow when they would have ended.
 */
import { type Compilable, sql } from "kysely";
import type { Migration } from "./migration.ts";

export const firstSchema: Migration = {
  version: 1,
  name: "first schema",
  statements(schema, dialect) {
    const { text, integer, bytes } = dialect.types;
    const table = <Name extends string>(name: Name) => schema.createTable(name);
    const index = (name: string, on: string, columns: string[]) =>
      schema.createIndex(name).on(on).columns(columns);
    /** Of rows that have a value in the first column after the pool's. */
    const searchIndex = (column: string) =>
      index(`users_by_${column}`, "users", ["pool_key", column, "created_at", "sub"]).where(
        sql.ref(column),
        "is not",
        null,
      );

    const installation: Compilable[] = [
      // Small values of the installation itself.
      dialect.clustered(
        table("installation")
          .addColumn("name", text, (c) => c.primaryKey())
          .addColumn("value", text, (c) => c.notNull()),
      ),
      // One row: the last key that was given to a pool, a client or a group. A row, not a sequence: it must roll back with its user.
      table("key_counter")
        .addColumn("id", integer, (c) => c.primaryKey())
        .addColumn("last", integer, (c) => c.notNull()),
      dialect.kysely.insertInto("key_counter").values({ id: 1, last: 0 }),
      // Deleted pools and groups whose content is still being removed.
      table("purges")
        .addColumn("key", integer, (c) => c.primaryKey())
        .addColumn("kind", text, (c) => c.notNull()),
    ];

    const pools: Compilable[] = [
      table("pools")
        .addColumn("key", integer, (c) => c.primaryKey())
        .addColumn("id", text, (c) => c.notNull().unique())
        .addColumn("region", text, (c) => c.notNull())
        .addColumn("name", text, (c) => c.notNull())
        .addColumn("settings", text, (c) => c.notNull())
        .addColumn("created_at", integer, (c) => c.notNull())
        .addColumn("last_modified_at", integer, (c) => c.notNull()),
      // ListUserPools: keys are given in order of creation.
      index("pools_by_region", "pools", ["region", "key"]),

      // Found by id alone: unsigned operations have nothing else. The key tells a client from a later one of the same id.
      table("app_clients")
        .addColumn("key", integer, (c) => c.primaryKey())
        .addColumn("id", text, (c) => c.notNull().unique())
        .addColumn("pool_key", integer, (c) => c.notNull())
        .addColumn("name", text, (c) => c.notNull())
        .addColumn("sealed_secrets", bytes)
        .addColumn("settings", text, (c) => c.notNull())
        .addColumn("created_at", integer, (c) => c.notNull())
        .addColumn("last_modified_at", integer, (c) => c.notNull()),
      index("app_clients_of_pool", "app_clients", ["pool_key", "created_at", "id"]),

      table("signing_keys")
        .addColumn("kid", text, (c) => c.primaryKey())
        .addColumn("pool_key", integer, (c) => c.notNull())
        .addColumn("use", text, (c) => c.notNull())
        .addColumn("sealed_private_key", bytes, (c) => c.notNull())
        .addColumn("created_at", integer, (c) => c.notNull())
        .addColumn("retired_at", integer),
      index("signing_keys_of_pool", "signing_keys", ["pool_key", "created_at", "kid"]),
      // Generated ahead of the pools that will use them.
      table("spare_keys")
        .addColumn("kid", text, (c) => c.primaryKey())
        .addColumn("sealed_private_key", bytes, (c) => c.notNull()),

      // Identity providers of a pool (CreateIdentityProvider); their secrets are sealed with their details.
      table("identity_providers")
        .addColumn("pool_key", integer, (c) => c.notNull())
        .addColumn("name", text, (c) => c.notNull())
        .addColumn("type", text, (c) => c.notNull())
        .addColumn("settings", text, (c) => c.notNull())
        .addColumn("sealed_details", bytes, (c) => c.notNull())
        .addColumn("created_at", integer, (c) => c.notNull())
        .addColumn("last_modified_at", integer, (c) => c.notNull())
        .addPrimaryKeyConstraint("identity_providers_primary", ["pool_key", "name"]),
      // Their IdpIdentifiers: the other names by which a sign-in page finds a provider; unique in the pool.
      dialect.clustered(
        table("identity_provider_identifiers")
          .addColumn("pool_key", integer, (c) => c.notNull())
          .addColumn("identifier", text, (c) => c.notNull())
          .addColumn("provider_name", text, (c) => c.notNull())
          .addPrimaryKeyConstraint("identity_provider_identifiers_primary", ["pool_key", "identifier"])
          .addForeignKeyConstraint(
            "identity_provider_identifiers_provider",
            ["pool_key", "provider_name"],
            "identity_providers",
            ["pool_key", "name"],
            (reference) => reference.onDelete("cascade"),
          ),
      ),
      index("identity_provider_identifiers_of_provider", "identity_provider_identifiers", [
        "pool_key",
        "provider_name",
      ]),
      // Resource servers with their scopes.
      table("resource_servers")
        .addColumn("pool_key", integer, (c) => c.notNull())
        .addColumn("identifier", text, (c) => c.notNull())
        .addColumn("name", text, (c) => c.notNull())
        .addColumn("scopes", text, (c) => c.notNull())
        .addPrimaryKeyConstraint("resource_servers_primary", ["pool_key", "identifier"]),
      // Hosted and custom domains, unique over all pools: a request finds its pool by Host.
      table("domains")
        .addColumn("domain", text, (c) => c.primaryKey())
        .addColumn("pool_key", integer, (c) => c.notNull())
        .addColumn("settings", text, (c) => c.notNull())
        .addColumn("created_at", integer, (c) => c.notNull()),
      index("domains_of_pool", "domains", ["pool_key"]),
      // Import jobs with their counters, in order of creation.
      table("import_jobs")
        .addColumn("pool_key", integer, (c) => c.notNull())
        .addColumn("id", text, (c) => c.notNull())
        .addColumn("status", text, (c) => c.notNull())
        .addColumn("settings", text, (c) => c.notNull())
        .addColumn("created_at", integer, (c) => c.notNull())
        .addPrimaryKeyConstraint("import_jobs_primary", ["pool_key", "id"]),
      index("import_jobs_by_creation", "import_jobs", ["pool_key", "created_at", "id"]),
    ];

    /** A table of what belongs to one user and goes with them. */
    const ofUser = <Name extends string>(name: Name) =>
      table(name)
        .addColumn("pool_key", integer, (c) => c.notNull())
        .addColumn("sub", text, (c) => c.notNull())
        .addForeignKeyConstraint(
          `${name}_user`,
          ["pool_key", "sub"],
          "users",
          ["pool_key", "sub"],
          (reference) => reference.onDelete("cascade"),
        );

    const users: Compilable[] = [
      table("users")
        .addColumn("pool_key", integer, (c) => c.notNull())
        .addColumn("sub", text, (c) => c.notNull())
        .addColumn("username", text, (c) => c.notNull())
        .addColumn("status", text, (c) => c.notNull())
        .addColumn("enabled", integer, (c) => c.notNull())
        .addColumn("attributes", text, (c) => c.notNull())
        .addColumn("pending_attributes", text)
        .addColumn("sign_in_names", text, (c) => c.notNull())
        .addColumn("mfa", text)
        .addColumn("failed_sign_ins", text)
        .addColumn("attempts", text)
        .addColumn("created_at", integer, (c) => c.notNull())
        .addColumn("last_modified_at", integer, (c) => c.notNull())
        .addColumn("email_key", text)
        .addColumn("phone_number_key", text)
        .addColumn("name_key", text)
        .addColumn("given_name_key", text)
        .addColumn("family_name_key", text)
        .addColumn("preferred_username_key", text)
        .addColumn("sealed_password", bytes)
        .addColumn("sealed_password_history", bytes)
        .addColumn("sealed_totp", bytes)
        .addPrimaryKeyConstraint("users_primary", ["pool_key", "sub"]),
      // ListUsers: each search reads one of these in its order.
      index("users_by_creation", "users", ["pool_key", "created_at", "sub"]),
      index("users_by_status", "users", ["pool_key", "status", "created_at", "sub"]),
      index("users_by_enabled", "users", ["pool_key", "enabled", "created_at", "sub"]),
      searchIndex("email_key"),
      searchIndex("phone_number_key"),
      searchIndex("name_key"),
      searchIndex("given_name_key"),
      searchIndex("family_name_key"),
      searchIndex("preferred_username_key"),
      // What may be given as `Username`: its primary key is the promise that each finds one user.
      dialect.clustered(
        ofUser("user_sign_in_names")
          .addColumn("kind", text, (c) => c.notNull())
          .addColumn("name_key", text, (c) => c.notNull())
          .addPrimaryKeyConstraint("user_sign_in_names_primary", ["pool_key", "kind", "name_key"]),
      ),
      index("user_sign_in_names_of_user", "user_sign_in_names", ["pool_key", "sub"]),
      // How many users a pool has: the sum of its shards, which are made as they are needed, so that concurrent writers seldom meet in one row.
      dialect.clustered(
        table("user_counts")
          .addColumn("pool_key", integer, (c) => c.notNull())
          .addColumn("shard", integer, (c) => c.notNull())
          .addColumn("users", integer, (c) => c.notNull())
          .addPrimaryKeyConstraint("user_counts_primary", ["pool_key", "shard"]),
      ),

      // A group has a key of its own, like a pool: deleting one hides its memberships at once and removes them in steps.
      table("groups")
        .addColumn("key", integer, (c) => c.primaryKey())
        .addColumn("pool_key", integer, (c) => c.notNull())
        .addColumn("name", text, (c) => c.notNull())
        .addColumn("description", text)
        .addColumn("role_arn", text)
        .addColumn("precedence", integer)
        .addColumn("created_at", integer, (c) => c.notNull())
        .addColumn("last_modified_at", integer, (c) => c.notNull())
        .addUniqueConstraint("groups_name", ["pool_key", "name"]),
      // The primary key serves the groups of a user, read at each sign-in; the index the members of a group.
      dialect.clustered(
        ofUser("group_members")
          .addColumn("group_key", integer, (c) => c.notNull())
          .addColumn("joined_at", integer, (c) => c.notNull())
          .addPrimaryKeyConstraint("group_members_primary", ["pool_key", "sub", "group_key"]),
      ),
      index("group_members_of_group", "group_members", ["group_key", "joined_at", "sub"]),

      // Sign-ins, found by the `origin_jti` of their tokens.
      dialect.clustered(
        ofUser("sign_ins")
          .addColumn("origin_jti", text, (c) => c.primaryKey())
          .addColumn("client_key", integer, (c) => c.notNull())
          .addColumn("authenticated_at", integer, (c) => c.notNull())
          .addColumn("event_id", text, (c) => c.notNull())
          .addColumn("scope", text, (c) => c.notNull())
          .addColumn("refresh_expires_at", integer, (c) => c.notNull())
          .addColumn("rotation", integer, (c) => c.notNull())
          .addColumn("previous_usable_until", integer)
          .addColumn("revoked_at", integer)
          .addColumn("device_key", text)
          .addColumn("session", text),
      ),
      index("sign_ins_of_user", "sign_ins", ["pool_key", "sub", "authenticated_at", "origin_jti"]),
      index("sign_ins_by_expiry", "sign_ins", ["refresh_expires_at"]),

      // Remembered devices with their SRP verifiers; device keys are unique in their pool.
      ofUser("devices")
        .addColumn("device_key", text, (c) => c.notNull())
        .addColumn("settings", text, (c) => c.notNull())
        .addColumn("sealed_verifier", bytes)
        .addColumn("created_at", integer, (c) => c.notNull())
        .addPrimaryKeyConstraint("devices_primary", ["pool_key", "device_key"]),
      index("devices_of_user", "devices", ["pool_key", "sub", "created_at", "device_key"]),
      // Passkeys; credential ids are unique in their pool.
      ofUser("passkeys")
        .addColumn("credential_id", text, (c) => c.notNull())
        .addColumn("settings", text, (c) => c.notNull())
        .addColumn("public_key", bytes, (c) => c.notNull())
        .addColumn("sign_count", integer, (c) => c.notNull())
        .addColumn("created_at", integer, (c) => c.notNull())
        .addPrimaryKeyConstraint("passkeys_primary", ["pool_key", "credential_id"]),
      index("passkeys_of_user", "passkeys", ["pool_key", "sub", "created_at", "credential_id"]),
      // Codes that were sent: one per user and purpose (sign-up, forgotten password, one attribute).
      ofUser("confirmation_codes")
        .addColumn("purpose", text, (c) => c.notNull())
        .addColumn("sealed_code", bytes, (c) => c.notNull())
        .addColumn("expires_at", integer, (c) => c.notNull())
        .addPrimaryKeyConstraint("confirmation_codes_primary", ["pool_key", "sub", "purpose"]),
      index("confirmation_codes_by_expiry", "confirmation_codes", ["expires_at"]),
      // Identities at providers that sign in as this user; one identity belongs to one user of the pool.
      ofUser("linked_identities")
        .addColumn("provider_name", text, (c) => c.notNull())
        .addColumn("provider_subject", text, (c) => c.notNull())
        .addColumn("settings", text, (c) => c.notNull())
        .addColumn("linked_at", integer, (c) => c.notNull())
        .addPrimaryKeyConstraint("linked_identities_primary", [
          "pool_key",
          "provider_name",
          "provider_subject",
        ]),
      index("linked_identities_of_user", "linked_identities", ["pool_key", "sub", "linked_at"]),
      // AdminListUserAuthEvents: newest first by user; forgotten by age.
      ofUser("auth_events")
        .addColumn("id", text, (c) => c.notNull())
        .addColumn("created_at", integer, (c) => c.notNull())
        .addColumn("event", text, (c) => c.notNull())
        .addPrimaryKeyConstraint("auth_events_primary", ["pool_key", "sub", "created_at", "id"]),
      index("auth_events_by_age", "auth_events", ["created_at"]),
    ];

    const others: Compilable[] = [
      // What can be used once. The ids are digests or random, so no pool leads them.
      dialect.clustered(
        table("used_tickets")
          .addColumn("id", text, (c) => c.primaryKey())
          .addColumn("expires_at", integer, (c) => c.notNull()),
      ),
      index("used_tickets_by_expiry", "used_tickets", ["expires_at"]),

      // Messages that were kept instead of sent; each index serves one way in which the inbox is filtered.
      table("inbox")
        .addColumn("id", text, (c) => c.primaryKey())
        .addColumn("pool_id", text, (c) => c.notNull())
        .addColumn("username", text, (c) => c.notNull())
        .addColumn("medium", text, (c) => c.notNull())
        .addColumn("destination", text, (c) => c.notNull())
        .addColumn("purpose", text, (c) => c.notNull())
        .addColumn("sent_at", integer, (c) => c.notNull())
        .addColumn("sealed_content", bytes, (c) => c.notNull()),
      index("inbox_by_time", "inbox", ["sent_at", "id"]),
      index("inbox_of_pool", "inbox", ["pool_id", "sent_at", "id"]),
      index("inbox_of_destination", "inbox", ["destination", "sent_at", "id"]),
      index("inbox_of_username", "inbox", ["username", "sent_at", "id"]),

      // IAM users, roles, policies and OIDC providers: few, small, found by name.
      table("iam_entities")
        .addColumn("account_id", text, (c) => c.notNull())
        .addColumn("kind", text, (c) => c.notNull())
        .addColumn("name_key", text, (c) => c.notNull())
        .addColumn("path", text, (c) => c.notNull())
        .addColumn("record", text, (c) => c.notNull())
        .addColumn("sealed_secrets", bytes)
        .addPrimaryKeyConstraint("iam_entities_primary", ["account_id", "kind", "name_key"]),
      // Which users and roles have which managed policy: what countAttachments reads.
      dialect.clustered(
        table("iam_attachments")
          .addColumn("account_id", text, (c) => c.notNull())
          .addColumn("policy_arn", text, (c) => c.notNull())
          .addColumn("relation", text, (c) => c.notNull())
          .addColumn("kind", text, (c) => c.notNull())
          .addColumn("name_key", text, (c) => c.notNull())
          .addPrimaryKeyConstraint("iam_attachments_primary", [
            "account_id",
            "policy_arn",
            "relation",
            "kind",
            "name_key",
          ])
          .addForeignKeyConstraint(
            "iam_attachments_entity",
            ["account_id", "kind", "name_key"],
            "iam_entities",
            ["account_id", "kind", "name_key"],
            (reference) => reference.onDelete("cascade"),
          ),
      ),
      index("iam_attachments_of_entity", "iam_attachments", ["account_id", "kind", "name_key"]),
      table("access_keys")
        .addColumn("id", text, (c) => c.primaryKey())
        .addColumn("account_id", text, (c) => c.notNull())
        .addColumn("user_name", text, (c) => c.notNull())
        .addColumn("user_name_key", text, (c) => c.notNull())
        .addColumn("sealed_secret", bytes, (c) => c.notNull())
        .addColumn("status", text, (c) => c.notNull())
        .addColumn("created_at", integer, (c) => c.notNull())
        .addColumn("last_used", text),
      index("access_keys_of_user", "access_keys", ["account_id", "user_name_key", "created_at", "id"]),
    ];

    return [...installation, ...pools, ...users, ...others];
  },
};
