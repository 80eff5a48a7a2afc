import { bytes, defineTable, integer, ofUser, type RowOf, text } from "../schema.ts";
import type { CodePurpose } from "./record.ts";

export const confirmationCodesTable = defineTable({
  name: "confirmation_codes",
  columns: {
    ...ofUser.columns,
    purpose: text<CodePurpose>(),
    /** JSON: the code and where it was sent. */
    sealed_code: bytes(),
    expires_at: integer(),
  },
  key: ["pool_key", "sub", "purpose"],
  indexes: { confirmation_codes_by_expiry: ["expires_at"] },
  references: { user: ofUser.reference },
  sealed: { sealed_code: ["pool_id", "sub", "purpose"] },
  expiry: { column: "expires_at", keptMilliseconds: 0 },
});

export type ConfirmationCodesTable = RowOf<typeof confirmationCodesTable>;
