import {
  type AttributeType,
  InvalidParameterException,
  type SchemaAttributeType,
} from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import { schemaOf } from "./schema.ts";
import { isEmailAddress, isPhoneNumber, problemWithValue } from "./values.ts";

const UNKNOWN_ATTRIBUTE = "Attribute does not exist in the schema.";
const IMMUTABLE_ATTRIBUTE = "Attribute cannot be updated.";
const REQUIRED_CANNOT_GO = "Required attribute cannot be deleted.";

/**
 * The names of required attributes in the service's messages. The first two were recorded, the others are by analogy.
 */
const INNER_NAMES: Readonly<Record<string, string>> = {
  family_name: "name.familyName",
  name: "name.formatted",
  given_name: "name.givenName",
  middle_name: "name.middleName",
};

/**
 * Checks the attributes of a new user. Of a name that is given twice the last value counts. An empty value counts as
 * none, except that an address must be one.
 *
 * @param requireRequired whether the pool's required attributes must be there: at sign-up, not when an administrator
 *   creates the user
 * @throws InvalidParameterException
 */
export function checkNewAttributes(
  pool: UserPoolRecord,
  attributes: readonly AttributeType[],
  { requireRequired }: { requireRequired: boolean },
): void {
  requireValues(attributes);
  const given = lastValues(attributes);
  const schema = indexedSchema(pool).byName;
  const unknown = [...given.keys()].find((name) => !schema.has(name));
  if (unknown !== undefined) throw nonconforming(typeUnknown(unknown));
  if (given.has("sub")) throw new InvalidParameterException("Cannot modify the non-mutable attribute sub");

  const problems = [...given].flatMap(([name, value]) => {
    const problem = problemWithValue(schema.get(name) ?? {}, value);
    return problem ? [`${name}: ${problem.text}`] : [];
  });
  if (problems.length > 0) throw nonconforming(asLines(problems));
  const missing = requireRequired ? missingRequiredAttributes(pool, Object.fromEntries(given)) : [];
  if (missing.length > 0) throw nonconforming(missing.map(requiredText).join("\n"));
  checkAddresses(pool, given);
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
  requireValues(changes);
  const given = lastValues(changes);
  const schema = indexedSchema(pool).byName;
  const problems: string[] = [];
  for (const [name, value] of given) {
    const problem = problemWithUpdate(schema.get(name), current[name], value);
    if (problem) problems.push(`user.${name}: ${problem}`);
  }
  if (problems.length > 0) throw new InvalidParameterException(asLines(problems));
  checkAddresses(pool, new Map([...given].filter(([, value]) => value !== "")));
}

/**
 * Checks that attributes of a user can be deleted.
 *
 * @throws InvalidParameterException
 */
export function checkAttributeDeletion(pool: UserPoolRecord, names: readonly string[]): void {
  const schema = indexedSchema(pool).byName;
  const unknown = names.find((name) => !schema.has(name));
  if (unknown !== undefined) throw invalidAttributes(typeUnknown(unknown));
  const required = names.find((name) => name !== "sub" && schema.get(name)?.Required);
  if (required !== undefined) throw invalidAttributes(requiredText(required));
  const immutable = names.filter((name) => !schema.get(name)?.Mutable);
  if (immutable.length > 0) throw invalidAttributes(immutable.map(immutableText).join("\n"));
}

/**
 * The model has no required value, the service does.
 *
 * @see aws-amplify/amplify-js#1776, #3174
 */
function requireValues(attributes: readonly AttributeType[]): void {
  const without = attributes.find(({ Value }) => Value === undefined);
  if (without) throw new InvalidParameterException(`Attribute value for ${without.Name} must not be null`);
}

function nonconforming(text: string): InvalidParameterException {
  return new InvalidParameterException(`Attributes did not conform to the schema: ${text}`);
}

function invalidAttributes(text: string): InvalidParameterException {
  return new InvalidParameterException(`Invalid user attributes: ${text}`);
}

function typeUnknown(name: string): string {
  return `Type for attribute {${name}} could not be determined`;
}

function requiredText(name: string): string {
  const inner = innerNameOf(name);
  return `${inner}: The attribute ${inner} is required`;
}

function immutableText(name: string): string {
  return `${innerNameOf(name)}: This attribute does not satisfy the mutability validation defined in the schema.`;
}

function innerNameOf(name: string): string {
  return INNER_NAMES[name] ?? name.replace(/^custom:/, "Custom.User.");
}

/** The pool's required attributes that are not in `attributes`, in the schema's order; `sub` is the service's to give. */
export function missingRequiredAttributes(
  pool: UserPoolRecord,
  attributes: Readonly<Record<string, string>>,
): string[] {
  return indexedSchema(pool).required.filter((name) => !attributes[name]);
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
  return problemWithValue(definition, value)?.text;
}

function checkAddresses(pool: UserPoolRecord, values: ReadonlyMap<string, string>): void {
  const email = values.get("email");
  if (email !== undefined) checkEmailAddress(email);
  const phone = values.get("phone_number");
  if (phone !== undefined) checkPhoneNumber(phone);
  checkNameForm(pool, values.get("preferred_username") ?? "");
}

/** @throws InvalidParameterException */
export function checkEmailAddress(value: string): void {
  if (!isEmailAddress(value)) throw new InvalidParameterException("Invalid email address format.");
}

/** @throws InvalidParameterException */
export function checkPhoneNumber(value: string): void {
  if (!isPhoneNumber(value)) throw new InvalidParameterException("Invalid phone number format.");
}

/**
 * Refuses a username, or a preferred one, that has the form of an address where such addresses are aliases: it could be
 * taken for another user's.
 *
 * @throws InvalidParameterException
 */
export function checkNameForm(pool: UserPoolRecord, name: string): void {
  const { AliasAttributes = [] } = pool.settings;
  if (isEmailAddress(name) && AliasAttributes.includes("email")) {
    throw new InvalidParameterException(
      "Username cannot be of email format, since user pool is configured for email alias.",
    );
  }
  if (isPhoneNumber(name) && AliasAttributes.includes("phone_number")) {
    throw new InvalidParameterException(
      "Username cannot be of phone number format, since user pool is configured for phone number alias.",
    );
  }
}

/** The value of each name; of a name that is given twice the last one. */
export function lastValues(attributes: readonly AttributeType[]): Map<string, string> {
  return new Map(attributes.map(({ Name, Value = "" }) => [Name, Value]));
}

interface Schema {
  readonly byName: ReadonlyMap<string, SchemaAttributeType>;
  /** Their names, without `sub`. */
  readonly required: readonly string[];
}

/** Of pools as they were read from storage, which do not change: an import checks thousands of users against one. */
const schemas = new WeakMap<readonly SchemaAttributeType[], Schema>();

function indexedSchema(pool: UserPoolRecord): Schema {
  const attributes = schemaOf(pool);
  let schema = schemas.get(attributes);
  if (!schema) {
    schema = {
      byName: new Map(attributes.map((attribute) => [attribute.Name ?? "", attribute])),
      required: attributes.flatMap(({ Name = "", Required }) => (Required && Name !== "sub" ? [Name] : [])),
    };
    schemas.set(attributes, schema);
  }
  return schema;
}

/** Each line ends in a newline, the last one too: clients see the text so. */
function asLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
