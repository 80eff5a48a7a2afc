/** A user's attributes as a form edits them, against the pool's schema. */
import type { AttributeType, SchemaAttributeType } from "@aws-sdk/client-cognito-identity-provider";
import {
  isEmailAddress,
  isPhoneNumber,
  problemWithValue,
  type ValueProblem,
} from "../../../../src/user-pools/attributes/values.ts";

export type AttributeFault = "email" | "phoneNumber" | "required" | ValueProblem["kind"];

/** Attributes that the server sets, or that are shown as a check mark beside the attribute that they describe. */
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
  if (attribute.Name === "email" && !isEmailAddress(value)) return "email";
  if (attribute.Name === "phone_number" && !isPhoneNumber(value)) return "phoneNumber";
  return problemWithValue(attribute, value)?.kind;
}

/** The least and the greatest length of a text, or value of a number; undefined for none. */
export function limitsOf({ StringAttributeConstraints, NumberAttributeConstraints }: SchemaAttributeType) {
  const limit = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return {
    least: limit(StringAttributeConstraints?.MinLength ?? NumberAttributeConstraints?.MinValue),
    most: limit(StringAttributeConstraints?.MaxLength ?? NumberAttributeConstraints?.MaxValue),
  };
}

/** The values of attributes by their names. */
export type AttributeRecord = Readonly<Record<string, string>>;

export function attributeRecord({
  UserAttributes = [],
}: {
  readonly UserAttributes?: readonly AttributeType[] | undefined;
}): AttributeRecord {
  return Object.fromEntries(UserAttributes.map(({ Name = "", Value = "" }) => [Name, Value]));
}

export interface AttributeChanges {
  readonly toSet: readonly AttributeType[];
  readonly toDelete: readonly string[];
}

/** The changes from `before` to `after`; an empty value means a missing attribute. */
export function attributeChanges(before: AttributeRecord, after: AttributeRecord): AttributeChanges {
  const toSet: AttributeType[] = [];
  const toDelete: string[] = [];
  for (const [name, value] of Object.entries(after)) {
    if (value === (before[name] ?? "")) continue;
    if (value === "") toDelete.push(name);
    else toSet.push({ Name: name, Value: value });
  }
  // A changed address counts as unverified unless the same call says otherwise.
  for (const contact of ["email", "phone_number"]) {
    const flag = `${contact}_verified`;
    const isChanged = toSet.some(({ Name }) => Name === contact);
    const isFlagSet = toSet.some(({ Name }) => Name === flag);
    if (isChanged && !isFlagSet && after[flag] === "true") toSet.push({ Name: flag, Value: "true" });
    if (toDelete.includes(contact) && Object.hasOwn(before, flag)) toDelete.push(flag);
  }
  return { toSet, toDelete };
}
