import type { SchemaAttributeType } from "../../api-model/index.ts";

/** The attribute that only DescribeUserPool lists: the providers that a user is linked to. */
const IDENTITIES: SchemaAttributeType = {
  Name: "identities",
  AttributeDataType: "String",
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: {},
};

const BEFORE_CUSTOM = [
  "profile",
  "address",
  "birthdate",
  "gender",
  "preferred_username",
  "updated_at",
  "website",
  "picture",
  "identities",
  "sub",
  "email_verified",
  "phone_number_verified",
  "phone_number",
  "zoneinfo",
];

const AFTER_CUSTOM = ["locale", "email", "given_name", "family_name", "middle_name", "name", "nickname"];

/**
 * A pool's schema as DescribeUserPool lists it, which is not how CreateUserPool does: in another order and with `identities`.
 * Recorded on 2026-09-24.
 */
export function describedSchema(schema: readonly SchemaAttributeType[]): SchemaAttributeType[] {
  const byName = new Map([...schema, IDENTITIES].map((attribute) => [attribute.Name, attribute]));
  const take = (names: readonly string[]) => names.flatMap((name) => byName.get(name) ?? []);
  const standard = new Set([...BEFORE_CUSTOM, ...AFTER_CUSTOM]);
  return [
    ...take(BEFORE_CUSTOM),
    ...schema.filter(({ Name = "" }) => !standard.has(Name)),
    ...take(AFTER_CUSTOM),
  ];
}
