import { defineTable, integer, ofUser, type RowOf, text } from "../schema.ts";

/** Its primary key is the promise that an identity signs in as one user. */
export const linkedIdentitiesTable = defineTable({
  name: "linked_identities",
  columns: {
    ...ofUser.columns,
    provider_name: text(),
    attribute_name: text(),
    /** As `exactKey` makes it: values can be longer than a key. */
    value_key: text(),
    attribute_value: text(),
    linked_at: integer(),
  },
  key: ["pool_key", "provider_name", "attribute_name", "value_key"],
  indexes: { linked_identities_of_user: ["pool_key", "sub", "linked_at"] },
  references: { user: ofUser.reference },
});

export type LinkedIdentitiesTable = RowOf<typeof linkedIdentitiesTable>;
