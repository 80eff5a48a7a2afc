import { bytes, defineTable, nullable, type RowOf, text } from "../schema.ts";

export type IamEntityKind = "user" | "role" | "policy" | "oidc-provider";

/** IAM users, roles, policies and OIDC providers: few, small, found by name. */
export const iamEntitiesTable = defineTable({
  name: "iam_entities",
  columns: {
    account_id: text(),
    kind: text<IamEntityKind>(),
    /** The name in lower case. */
    name_key: text(),
    path: text(),
    /** JSON: the record without what is sealed. */
    record: text(),
    /** JSON: the members of the record that are secret. */
    sealed_secrets: nullable(bytes()),
  },
  key: ["account_id", "kind", "name_key"],
  sealed: { sealed_secrets: ["account_id", "kind", "name_key"] },
});

export type IamEntitiesTable = RowOf<typeof iamEntitiesTable>;

/** Which users and roles have which managed policy: what `countAttachments` and `countAllAttachments` read. */
export const iamAttachmentsTable = defineTable({
  name: "iam_attachments",
  columns: {
    account_id: text(),
    policy_arn: text(),
    relation: text<"attached" | "boundary">(),
    kind: text<IamEntityKind>(),
    name_key: text(),
  },
  key: ["account_id", "policy_arn", "relation", "kind", "name_key"],
  isClustered: true,
  indexes: { iam_attachments_of_entity: ["account_id", "kind", "name_key"] },
  references: {
    entity: {
      columns: ["account_id", "kind", "name_key"],
      table: "iam_entities",
      foreignColumns: ["account_id", "kind", "name_key"],
    },
  },
});

export type IamAttachmentsTable = RowOf<typeof iamAttachmentsTable>;
