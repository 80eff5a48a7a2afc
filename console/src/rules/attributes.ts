/** A user's attributes as a form edits them, against the pool's schema. */
import type { AttributeType, SchemaAttributeType } from "@aws-sdk/client-cognito-identity-provider";
import { isEmail, isPhoneNumber } from "./names.ts";

export type AttributeFault = "email" | "phoneNumber" | "number" | "boolean" | "length" | "range" | "required";

/** Kept by the server, or shown as a tick beside what they are about. */
const unedited = new Set(["sub", "email_verified", "phone_number_verified", "identities"]);

/** The attributes that an administrator can write, in the schema's order. */
export function editableAttributes(schema: readonly SchemaAttributeType[]): readonly SchemaAttributeType[] {
  return schema.filter(({ Name = "" }) => !unedited.has(Name));
}

/** An attribute that may be set once cannot be changed or taken away after. */
export function isLocked({ Mutable }: SchemaAttributeType, current: string | undefined): boolean {
  return Mutable === false && current !== undefined;
}

export function attributeFault(attribute: SchemaAttributeType, value: string): AttributeFault | undefined {
  if (value === "") return attribute.Required ? "required" : undefined;
  if (attribute.Name === "email" && !isEmail(value)) return "email";
  if (attribute.Name === "phone_number" && !isPhoneNumber(value)) return "phoneNumber";
  switch (attribute.AttributeDataType) {
    case "Number":
      return numberFault(attribute, value);
    case "Boolean":
      return /^(true|false)$/i.test(value) ? undefined : "boolean";
    case "String":
      return lengthFault(attribute, value);
    default:
      return undefined;
  }
}

function numberFault(
  { NumberAttributeConstraints }: SchemaAttributeType,
  value: string,
): AttributeFault | undefined {
  if (!/^-?\d+$/.test(value)) return "number";
  const { MinValue, MaxValue } = NumberAttributeConstraints ?? {};
  const isBelow = MinValue !== undefined && Number(value) < Number(MinValue);
  const isAbove = MaxValue !== undefined && Number(value) > Number(MaxValue);
  return isBelow || isAbove ? "range" : undefined;
}

function lengthFault(
  { StringAttributeConstraints }: SchemaAttributeType,
  value: string,
): AttributeFault | undefined {
  const { MinLength, MaxLength } = StringAttributeConstraints ?? {};
  const isShort = MinLength !== undefined && value.length < Number(MinLength);
  const isLong = MaxLength !== undefined && value.length > Number(MaxLength);
  return isShort || isLong ? "length" : undefined;
}

export interface AttributeChanges {
  readonly toSet: readonly AttributeType[];
  readonly toDelete: readonly string[];
}

/** What has to be written so that `before` becomes `after`; an empty value is an attribute that is not there. */
export function attributeChanges(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): AttributeChanges {
  const toSet: AttributeType[] = [];
  const toDelete: string[] = [];
  for (const [name, value] of after) {
    if (value === (before.get(name) ?? "")) continue;
    if (value === "") toDelete.push(name);
    else toSet.push({ Name: name, Value: value });
  }
  // A changed address counts as unverified unless the same call says otherwise.
  for (const contact of ["email", "phone_number"]) {
    const flag = `${contact}_verified`;
    const isChanged = toSet.some(({ Name }) => Name === contact);
    const isFlagSet = toSet.some(({ Name }) => Name === flag);
    if (isChanged && !isFlagSet && after.get(flag) === "true") toSet.push({ Name: flag, Value: "true" });
    if (toDelete.includes(contact) && before.has(flag)) toDelete.push(flag);
  }
  return { toSet, toDelete };
}
