import type { SchemaAttributeType } from "@aws-sdk/client-cognito-identity-provider";
import { isCustomAttributeName, isWholeNumber } from "../names.ts";

export type CustomType = "String" | "Number" | "Boolean" | "DateTime";

export const customTypes: readonly CustomType[] = ["String", "Number", "Boolean", "DateTime"];

/** A custom attribute as a form has it: `least` and `most` are of its length or its value, empty for none. */
export interface CustomAttribute {
  readonly name: string;
  readonly type: CustomType;
  readonly least: string;
  readonly most: string;
  readonly isMutable: boolean;
}

export const emptyCustomAttribute: CustomAttribute = {
  name: "",
  type: "String",
  least: "",
  most: "",
  isMutable: true,
};

const MAX_TEXT_LENGTH = 2048;

/** @param otherNames of the pool's other custom attributes, without their prefix */
export function customAttributeFaults(
  { name, type, least, most }: CustomAttribute,
  otherNames: readonly string[],
) {
  const highest = type === "String" ? MAX_TEXT_LENGTH : Number.MAX_SAFE_INTEGER;
  const isLeastWrong = least !== "" && !isWholeNumber(least, 0, highest);
  const isMostWrong = most !== "" && !isWholeNumber(most, 0, highest);
  const hasRange = type === "String" || type === "Number";
  const isReversed = least !== "" && most !== "" && Number(least) > Number(most);
  return {
    name: !isCustomAttributeName(name),
    isTaken: otherNames.includes(name),
    range: hasRange && (isLeastWrong || isMostWrong || isReversed),
  };
}

/** The same as CreateUserPool and AddCustomAttributes take it. */
export function schemaEntryOf({ name, type, least, most, isMutable }: CustomAttribute): SchemaAttributeType {
  const entry: SchemaAttributeType = { Name: name, AttributeDataType: type, Mutable: isMutable };
  if (type === "String")
    entry.StringAttributeConstraints = {
      ...(least === "" ? {} : { MinLength: least }),
      ...(most === "" ? {} : { MaxLength: most }),
    };
  if (type === "Number")
    entry.NumberAttributeConstraints = {
      ...(least === "" ? {} : { MinValue: least }),
      ...(most === "" ? {} : { MaxValue: most }),
    };
  return entry;
}
