/** The rules of attribute values alone, without an import that runs: the console's forms use them as they are. */
import type { SchemaAttributeType } from "../../api-model/index.ts";

export interface ValueProblem {
  readonly kind: "boolean" | "number" | "range" | "length";
  readonly text: string;
}

/**
 * Checks a value against its definition in the schema; an empty value is none. Only the text for a value that is too long is
 * Cognito's, the other texts are ours.
 */
export function problemWithValue(definition: SchemaAttributeType, value: string): ValueProblem | undefined {
  if (value === "") return undefined;
  switch (definition.AttributeDataType) {
    case "Boolean":
      return /^(true|false)$/i.test(value)
        ? undefined
        : { kind: "boolean", text: "Boolean attributes can only be true or false" };
    case "Number":
      return problemWithNumber(definition, value);
    case "DateTime":
      // Not checked: the formats that Cognito accepts are not documented, and both epoch and ISO forms are in use.
      return undefined;
    default:
      return problemWithLength(definition, value);
  }
}

function problemWithNumber(definition: SchemaAttributeType, value: string): ValueProblem | undefined {
  if (!/^-?\d{1,18}$/.test(value))
    return { kind: "number", text: "Number attributes can only be whole numbers" };
  const number = BigInt(value);
  const { MinValue, MaxValue } = definition.NumberAttributeConstraints ?? {};
  if (MinValue && number < BigInt(MinValue))
    return { kind: "range", text: `Number can not be less than ${MinValue}` };
  if (MaxValue && number > BigInt(MaxValue))
    return { kind: "range", text: `Number can not be more than ${MaxValue}` };
  return undefined;
}

function problemWithLength(definition: SchemaAttributeType, value: string): ValueProblem | undefined {
  const { MinLength, MaxLength } = definition.StringAttributeConstraints ?? {};
  if (MinLength && value.length < Number(MinLength))
    return { kind: "length", text: `String must be at least ${MinLength} characters long` };
  if (MaxLength && value.length > Number(MaxLength))
    return { kind: "length", text: `String must be no longer than ${MaxLength} characters` };
  return undefined;
}

/** A local part and a domain around one `@`, without spaces: as loose as the service is. */
export function isEmailAddress(value: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(value);
}

/** A plus sign and up to fifteen digits (E.164); like the service, no check that such a number exists. */
export function isPhoneNumber(value: string): boolean {
  return /^\+\d{1,15}$/.test(value);
}
