import { bytes, defineTable, integer, type RowOf, text } from "../schema.ts";

/** No pool owns them: they are found by an id that only a sealed `Session` of the pool holds, and live for minutes. */
export const signInAttemptsTable = defineTable({
  name: "sign_in_attempts",
  columns: { id: text(), sealed_state: bytes(), expires_at: integer() },
  key: ["id"],
  indexes: { sign_in_attempts_by_expiry: ["expires_at"] },
  sealed: { sealed_state: ["id"] },
  expiry: { column: "expires_at", keptMilliseconds: 0 },
});

export type SignInAttemptsTable = RowOf<typeof signInAttemptsTable>;
