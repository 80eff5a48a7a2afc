import { defineTable, integer, ofUser, type RowOf, text } from "../schema.ts";

export const ssoSessionsTable = defineTable({
  name: "sso_sessions",
  columns: {
    ...ofUser.columns,
    id: text(),
    /** JSON: the record without what has a column. */
    settings: text(),
    created_at: integer(),
    expires_at: integer(),
  },
  key: ["pool_key", "sub", "id"],
  indexes: { sso_sessions_by_expiry: ["expires_at"] },
  references: { user: ofUser.reference },
  expiry: { column: "expires_at", keptMilliseconds: 0 },
});

export type SsoSessionsTable = RowOf<typeof ssoSessionsTable>;
