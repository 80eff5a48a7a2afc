import { bytes, defineTable, integer, ofUser, type RowOf, text } from "../schema.ts";

export const passkeysTable = defineTable({
  name: "passkeys",
  columns: {
    ...ofUser.columns,
    credential_id: text(),
    public_key: bytes(),
    sign_count: integer(),
    /** JSON: the record without what has a column. */
    settings: text(),
    created_at: integer(),
  },
  key: ["pool_key", "credential_id"],
  indexes: { passkeys_of_user: ["pool_key", "sub", "created_at", "credential_id"] },
  references: { user: ofUser.reference },
});

export type PasskeysTable = RowOf<typeof passkeysTable>;

export const passkeyRegistrationsTable = defineTable({
  name: "passkey_registrations",
  columns: { ...ofUser.columns, challenge: text(), relying_party_id: text(), expires_at: integer() },
  key: ["pool_key", "sub"],
  isClustered: true,
  indexes: { passkey_registrations_by_expiry: ["expires_at"] },
  references: { user: ofUser.reference },
  expiry: { column: "expires_at", keptMilliseconds: 0 },
});

export type PasskeyRegistrationsTable = RowOf<typeof passkeyRegistrationsTable>;
