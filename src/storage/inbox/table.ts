import { bytes, defineTable, integer, type RowOf, text } from "../schema.ts";
import type { InboxMessageRecord } from "./record.ts";

/** Messages that were kept instead of sent; each index serves one way in which the inbox is filtered. */
export const inboxTable = defineTable({
  name: "inbox",
  columns: {
    id: text(),
    pool_id: text(),
    username: text(),
    medium: text<InboxMessageRecord["medium"]>(),
    destination: text(),
    purpose: text(),
    sent_at: integer(),
    /** JSON: subject, body, code and link. */
    sealed_content: bytes(),
  },
  key: ["id"],
  indexes: {
    inbox_by_time: ["sent_at", "id"],
    inbox_of_pool: ["pool_id", "sent_at", "id"],
    inbox_of_destination: ["destination", "sent_at", "id"],
    inbox_of_username: ["username", "sent_at", "id"],
  },
  owners: [{ kind: "pool", column: "pool_id", removal: "at once" }],
  sealed: { sealed_content: ["id"] },
});

export type InboxTable = RowOf<typeof inboxTable>;
