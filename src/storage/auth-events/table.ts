import { EVENTS_KEPT_MILLISECONDS } from "../event-history.ts";
import { defineTable, integer, ofUser, type RowOf, text } from "../schema.ts";

export const authEventsTable = defineTable({
  name: "auth_events",
  columns: {
    ...ofUser.columns,
    id: text(),
    /** JSON, in the API's words. */
    event: text(),
    created_at: integer(),
  },
  key: ["pool_key", "sub", "id"],
  indexes: {
    auth_events_of_user: ["pool_key", "sub", "created_at", "id"],
    auth_events_by_age: ["created_at"],
  },
  references: { user: ofUser.reference },
  // Many for each user: by themselves, so that no step of a purge takes long.
  owners: [{ kind: "pool", column: "pool_key", removal: "in steps" }],
  expiry: { column: "created_at", keptMilliseconds: EVENTS_KEPT_MILLISECONDS },
});

export type AuthEventsTable = RowOf<typeof authEventsTable>;
