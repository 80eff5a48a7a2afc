import { defineTable, integer, nullable, ofUser, type RowOf, text } from "../schema.ts";

/** A group has a key of its own, like a pool: deleting one hides its memberships at once and removes them in steps. */
export const groupsTable = defineTable({
  name: "groups",
  columns: {
    key: integer(),
    pool_key: integer(),
    name: text(),
    description: nullable(text()),
    role_arn: nullable(text()),
    precedence: nullable(integer()),
    created_at: integer(),
    last_modified_at: integer(),
  },
  key: ["key"],
  unique: { groups_name: ["pool_key", "name"] },
  owners: [{ kind: "pool", column: "pool_key", removal: "in steps" }],
});

export type GroupsTable = RowOf<typeof groupsTable>;

/** The primary key serves the groups of a user, read at each sign-in; the index serves the members of a group. */
export const groupMembersTable = defineTable({
  name: "group_members",
  columns: { ...ofUser.columns, group_key: integer(), joined_at: integer() },
  key: ["pool_key", "sub", "group_key"],
  isClustered: true,
  indexes: { group_members_of_group: ["group_key", "joined_at", "sub"] },
  references: { user: ofUser.reference },
  owners: [{ kind: "group", column: "group_key", removal: "in steps" }],
});
