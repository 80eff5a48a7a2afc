import { InvalidParameterException, type SchemaAttributeType } from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import { standardAttributeNames, standardAttributes, verifiedFlags } from "./standard-attributes.ts";

/** Developer Guide, "Quotas in Amazon Cognito": custom attributes per user pool. */
const MAX_CUSTOM_ATTRIBUTES = 50;
const MAX_STRING_LENGTH = 2048;

/** The attributes of a pool's users, under their full names (`custom:plan`), in the order that Describe lists them. */
export function schemaOf(pool: UserPoolRecord): readonly SchemaAttributeType[] {
  return pool.settings.SchemaAttributes ?? standardAttributes;
}

/**
 * The schema of a new pool: the standard attributes with what `input` overrides, then the custom ones of `input`.
 *
 * @throws InvalidParameterException an item of `input` cannot be
 * @see API Reference, "CreateUserPool", "SchemaAttributeType"
 */
export function buildSchema(input: readonly SchemaAttributeType[] | undefined): SchemaAttributeType[] {
  const overrides = new Map<string, SchemaAttributeType>();
  const custom: SchemaAttributeType[] = [];
  for (const item of input ?? []) {
    const name = requireName(item);
    // A verified flag in a schema makes a custom attribute of that name, as AWS confirmed in aws-cdk#14175.
    if (standardAttributeNames.has(name) && !verifiedFlags.has(name)) overrides.set(name, item);
    else custom.push(item);
  }
  refuseDuplicates(custom);
  const standard = standardAttributes.map((attribute) => {
    const override = overrides.get(attribute.Name ?? "");
    return override ? overrideStandard(attribute, override) : attribute;
  });
  return addCustomAttributes(standard, custom);
}

function refuseDuplicates(custom: readonly SchemaAttributeType[]): void {
  const names = custom.map((item) => customAttribute(item).Name);
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) < index))];
  if (twice.length === 0) return;
  throw new InvalidParameterException(
    `Duplicate custom attribute names ${twice.join(", ")} are not allowed in a user pool schema.`,
  );
}

/**
 * A schema with custom attributes added; names get their `custom:` or `dev:custom:` prefix.
 *
 * @throws InvalidParameterException one of them cannot be, is there already, or is one too many
 * @see API Reference, "AddCustomAttributes"
 */
export function addCustomAttributes(
  schema: readonly SchemaAttributeType[],
  added: readonly SchemaAttributeType[],
): SchemaAttributeType[] {
  const result = [...schema];
  for (const item of added) {
    const attribute = customAttribute(item);
    if (result.some(({ Name }) => Name === attribute.Name)) {
      throw new InvalidParameterException(
        `${attribute.Name?.replace(/^dev:/, "")}: Existing attribute already has name ${attribute.Name}.`,
      );
    }
    result.push(attribute);
  }
  // The text is ours: Cognito's is not known.
  if (result.length - standardAttributes.length > MAX_CUSTOM_ATTRIBUTES) {
    throw new InvalidParameterException(
      `A user pool can have at most ${MAX_CUSTOM_ATTRIBUTES} custom attributes.`,
    );
  }
  return result;
}

function requireName(item: SchemaAttributeType): string {
  // The model leaves the name optional; the text for its absence is ours.
  if (item.Name === undefined) throw new InvalidParameterException("Schema attributes need a name.");
  return item.Name;
}

function overrideStandard(standard: SchemaAttributeType, override: SchemaAttributeType): SchemaAttributeType {
  const changesType =
    override.AttributeDataType !== undefined && override.AttributeDataType !== standard.AttributeDataType;
  if (changesType || override.DeveloperOnlyAttribute) {
    throw new InvalidParameterException(
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${standard.Name}`,
    );
  }
  // `sub` may be listed, as in a schema read from Describe, but only the service sets it.
  if (standard.Name === "sub") return standard;
  const merged = {
    ...standard,
    Mutable: override.Mutable ?? true,
    Required: override.Required ?? false,
  };
  // Constraints of a standard attribute are only read beside its type.
  if (override.AttributeDataType === undefined) return merged;
  return { ...merged, ...readConstraints(standard.Name ?? "", override, standard) };
}

function customAttribute(item: SchemaAttributeType): SchemaAttributeType {
  const name = requireName(item);
  if (item.AttributeDataType === undefined) {
    throw new InvalidParameterException(
      "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
    );
  }
  if (item.Required) {
    throw new InvalidParameterException("Required custom attributes are not supported currently.");
  }
  const fullName = `${item.DeveloperOnlyAttribute ? "dev:" : ""}custom:${name}`;
  return {
    Name: fullName,
    AttributeDataType: item.AttributeDataType,
    DeveloperOnlyAttribute: item.DeveloperOnlyAttribute ?? false,
    Mutable: item.Mutable ?? true,
    Required: false,
    ...readConstraints(fullName, item, { StringAttributeConstraints: {}, NumberAttributeConstraints: {} }),
  };
}

type Constraints = Pick<SchemaAttributeType, "StringAttributeConstraints" | "NumberAttributeConstraints">;

/** The constraints that fit the item's type, as given or else as in `defaults`; those of another type are dropped. */
function readConstraints(name: string, item: SchemaAttributeType, defaults: Constraints): Constraints {
  if (item.AttributeDataType === "String") {
    const constraints = item.StringAttributeConstraints ?? defaults.StringAttributeConstraints ?? {};
    const read = (value: string | undefined) => parseLimit(name, "StringAttributeConstraints", value);
    const min = read(constraints.MinLength);
    const max = read(constraints.MaxLength);
    if (Math.max(min ?? 0, max ?? 0) > MAX_STRING_LENGTH) {
      throw new InvalidParameterException(
        `user.${name}: String attributes cannot have a length of more than ${MAX_STRING_LENGTH}`,
      );
    }
    if (min !== undefined && max !== undefined && min > max) {
      throw new InvalidParameterException(
        `Attribute ${name} cannot have a max length shorter than it's min length`,
      );
    }
    return { StringAttributeConstraints: constraints };
  }
  if (item.AttributeDataType === "Number") {
    const constraints = item.NumberAttributeConstraints ?? defaults.NumberAttributeConstraints ?? {};
    const read = (value: string | undefined) => parseLimit(name, "NumberAttributeConstraints", value);
    const min = read(constraints.MinValue);
    const max = read(constraints.MaxValue);
    if (min !== undefined && max !== undefined && min > max) {
      throw new InvalidParameterException(
        `Attribute ${name} cannot have a max value smaller than it's min value`,
      );
    }
    return { NumberAttributeConstraints: constraints };
  }
  return {};
}

function parseLimit(name: string, kind: string, value: string | undefined): number | undefined {
  if (value === undefined || value === "") return undefined;
  if (!/^\d{1,15}$/.test(value)) {
    throw new InvalidParameterException(`Invalid ${kind} for schema attribute ${name}`);
  }
  return Number(value);
}
