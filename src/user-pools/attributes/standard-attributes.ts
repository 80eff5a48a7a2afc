import type { SchemaAttributeType } from "../../api-model/index.ts";

function text(Name: string, MinLength = "0", MaxLength = "2048"): SchemaAttributeType {
  return {
    Name,
    AttributeDataType: "String",
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    StringAttributeConstraints: { MinLength, MaxLength },
  };
}

function flag(Name: string): SchemaAttributeType {
  return {
    Name,
    AttributeDataType: "Boolean",
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
  };
}

/**
 * The attributes that every pool has, in the order that DescribeUserPool lists them.
 *
 * @see AWS CLI, example of `create-user-pool`; Developer Guide, "Working with user attributes"
 */
export const standardAttributes: readonly SchemaAttributeType[] = [
  { ...text("sub", "1"), Mutable: false, Required: true },
  text("name"),
  text("given_name"),
  text("family_name"),
  text("middle_name"),
  text("nickname"),
  text("preferred_username"),
  text("profile"),
  text("picture"),
  text("website"),
  text("email"),
  flag("email_verified"),
  text("gender"),
  text("birthdate", "10", "10"),
  text("zoneinfo"),
  text("locale"),
  text("phone_number"),
  flag("phone_number_verified"),
  text("address"),
  {
    Name: "updated_at",
    AttributeDataType: "Number",
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    NumberAttributeConstraints: { MinValue: "0" },
  },
];

/** The names of the attributes that every pool has, `sub` and the verified flags among them. */
export const standardAttributeNames: ReadonlySet<string> = new Set(
  standardAttributes.map(({ Name = "" }) => Name),
);

/** Set by the service alone, so no client may write them and no schema may redefine them. */
export const verifiedFlags: ReadonlySet<string> = new Set(["email_verified", "phone_number_verified"]);
