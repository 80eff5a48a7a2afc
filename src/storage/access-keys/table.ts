import { bytes, defineTable, integer, nullable, type RowOf, text } from "../schema.ts";
import type { AccessKeyRecord } from "./record.ts";

export const accessKeysTable = defineTable({
  name: "access_keys",
  columns: {
    id: text(),
    account_id: text(),
    user_name: text(),
    /** The user's name in lower case. */
    user_name_key: text(),
    sealed_secret: bytes(),
    status: text<AccessKeyRecord["status"]>(),
    created_at: integer(),
    /** JSON. */
    last_used: nullable(text()),
  },
  key: ["id"],
  indexes: { access_keys_of_user: ["account_id", "user_name_key", "created_at", "id"] },
  sealed: { sealed_secret: ["id"] },
});

export type AccessKeysTable = RowOf<typeof accessKeysTable>;
