import { prepared } from "./query.ts";

/** Reads the one row of `key_counter`, which every database has: it fails only if the engine does not answer. */
export const pingQuery = prepared<Record<never, never>>()((db) =>
  db.selectFrom("key_counter").select("id").where("id", "=", 1),
);
