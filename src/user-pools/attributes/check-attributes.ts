import {
  type AttributeType,
  InvalidParameterException,
  type SchemaAttributeType,
} from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import { schemaOf } from "./schema.ts";

const UNKNOWN_ATTRIBUTE = "Attribute does not exist in the schema.";
const REQUIRED_ATTRIBUTE = "The attribute is required";
const IMMUTABLE_ATTRIBUTE = "Attribute cannot be updated.";
const REQUIRED_CANNOT_GO = "Required attribute cannot be deleted.";

/**
 * Checks the attributes of a user who is being made. Of a name given twice the last value counts. An empty value counts as
 * none, except that an address must be one.
 *
 * @param requireRequired whether the pool's required attributes must be there: at sign-up, not when an administrator
 *   creates the user
 * @throws InvalidParameterException with one line for each violation
 */
export function checkNewAttributes(
  pool: UserPoolRecord,
  attributes: readonly AttributeType[],
  { requireRequired }: { requireRequired: boolean },
): void {
  const given = lastValues(attributes);
  const schema = schemaByName(pool);
  const problems: string[] = [];
  for (const [name, value] of given) {
    const definition = schema.get(name);
    const problem =
      definition === undefined
        ? UNKNOWN_ATTRIBUTE
        : name === "sub"
          ? IMMUTABLE_ATTRIBUTE
          : problemWithValue(definition, value);
    if (problem) problems.push(`${name}: ${problem}`);
  }
  if (requireRequired) {
    for (const name of missingRequiredAttributes(pool, Object.fromEntries(given))) {
      problems.push(`${name}: ${REQUIRED_ATTRIBUTE}`);
    }
  }
  if (problems.length > 0) {
    throw new InvalidParameterException(`Attributes did not conform to the schema: ${asLines(problems)}`);
  }
  checkAddresses(given);
}

/**
 * Checks changes of an existing user's attributes; an empty value takes the attribute away.
 *
 * @param current the user's attributes by full name; an immutable attribute can be given a value once
 * @throws InvalidParameterException with one line for each violation
 */
export function checkAttributeUpdate(
  pool: UserPoolRecord,
  current: Readonly<Record<string, string>>,
  changes: readonly AttributeType[],
): void {
  const given = lastValues(changes);
  const schema = schemaByName(pool);
  const problems: string[] = [];
  for (const [name, value] of given) {
    const problem = problemWithUpdate(schema.get(name), current[name], value);
    if (problem) problems.push(`user.${name}: ${problem}`);
  }
  if (problems.length > 0) throw new InvalidParameterException(asLines(problems));
  checkAddresses(new Map([...given].filter(([, value]) => value !== "")));
}

/**
 * Checks that attributes can be taken away from a user.
 *
 * @throws InvalidParameterException with one line for each violation
 */
export function checkAttributeDeletion(pool: UserPoolRecord, names: readonly string[]): void {
  const schema = schemaByName(pool);
  const unknown = names.filter((name) => !schema.has(name));
  if (unknown.length > 0) {
    const lines = unknown.map((name) => `user.${name}: ${UNKNOWN_ATTRIBUTE}`);
    throw new InvalidParameterException(`Invalid user attributes: ${asLines(lines)}`);
  }
  const problems = names.flatMap((name) => {
    const problem = problemWithUpdate(schema.get(name), "", "");
    return problem ? [`user.${name}: ${problem}`] : [];
  });
  if (problems.length > 0) throw new InvalidParameterException(asLines(problems));
}

/** The pool's required attributes that are not in `attributes`, in the schema's order; `sub` is the service's to give. */
export function missingRequiredAttributes(
  pool: UserPoolRecord,
  attributes: Readonly<Record<string, string>>,
): string[] {
  return schemaOf(pool).flatMap(({ Name = "", Required }) =>
    Required && Name !== "sub" && !attributes[Name] ? [Name] : [],
  );
}

function problemWithUpdate(
  definition: SchemaAttributeType | undefined,
  current: string | undefined,
  value: string,
): string | undefined {
  if (definition === undefined) return UNKNOWN_ATTRIBUTE;
  const isSettled = definition.Name === "sub" || current !== undefined;
  if (!definition.Mutable && isSettled) return IMMUTABLE_ATTRIBUTE;
  if (value === "") return definition.Required ? REQUIRED_CANNOT_GO : undefined;
  return problemWithValue(definition, value);
}

/** What is wrong with a value by its schema. Cognito's wording for lengths, ranges and types is not known; these are ours. */
function problemWithValue(definition: SchemaAttributeType, value: string): string | undefined {
  if (value === "") return undefined;
  switch (definition.AttributeDataType) {
    case "Boolean":
      return /^(true|false)$/i.test(value) ? undefined : "Boolean attributes can only be true or false";
    case "Number":
      return problemWithNumber(definition, value);
    case "DateTime":
      // Not checked: what Cognito takes as a date is not documented, and both epoch and ISO forms are in use.
      return undefined;
    default:
      return problemWithLength(definition, value);
  }
}

function problemWithNumber(definition: SchemaAttributeType, value: string): string | undefined {
  if (!/^-?\d{1,18}$/.test(value)) return "Number attributes can only be whole numbers";
  const number = BigInt(value);
  const { MinValue, MaxValue } = definition.NumberAttributeConstraints ?? {};
  if (MinValue && number < BigInt(MinValue)) return `Number can not be less than ${MinValue}`;
  if (MaxValue && number > BigInt(MaxValue)) return `Number can not be more than ${MaxValue}`;
  return undefined;
}

function problemWithLength(definition: SchemaAttributeType, value: string): string | undefined {
  const { MinLength, MaxLength } = definition.StringAttributeConstraints ?? {};
  if (MinLength && value.length < Number(MinLength)) {
    return `String can not be shorter than ${MinLength} characters`;
  }
  if (MaxLength && value.length > Number(MaxLength)) {
    return `String can not be longer than ${MaxLength} characters`;
  }
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

function checkAddresses(values: ReadonlyMap<string, string>): void {
  const email = values.get("email");
  if (email !== undefined && !isEmailAddress(email)) {
    throw new InvalidParameterException("Invalid email address format.");
  }
  const phone = values.get("phone_number");
  if (phone !== undefined && !isPhoneNumber(phone)) {
    throw new InvalidParameterException("Invalid phone number format.");
  }
}

function lastValues(attributes: readonly AttributeType[]): Map<string, string> {
  return new Map(attributes.map(({ Name, Value = "" }) => [Name, Value]));
}

function schemaByName(pool: UserPoolRecord): Map<string, SchemaAttributeType> {
  return new Map(schemaOf(pool).map((attribute) => [attribute.Name ?? "", attribute]));
}

/** Each line ends in a newline, the last one too: clients see the text so. */
function asLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
