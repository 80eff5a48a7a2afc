/**
 * From the fields of a form to the types of the API model: `Tags.member.1.Key=team` is the `Key` of the first of `Tags`.
 *
 * @see Smithy, "AWS Query protocol", section "Serialization"
 */
import type { Shape } from "../../api-model/index.ts";
import { ValidationError } from "../../iam/index.ts";

type Fields = ReadonlyMap<string, string>;
type ShapeOf = (name: string) => Shape;

/**
 * Reads an operation's input. Fields that the model does not know are dropped.
 *
 * @param inputShape the name of a structure
 * @throws ValidationError a number or truth value is none
 */
export function readInput(
  fields: Fields,
  inputShape: string,
  shapeOf: ShapeOf,
): Readonly<Record<string, unknown>> {
  return readStructure(fields, "", inputShape, shapeOf);
}

function readStructure(
  fields: Fields,
  prefix: string,
  shapeName: string,
  shapeOf: ShapeOf,
): Record<string, unknown> {
  const shape = shapeOf(shapeName);
  const structure: Record<string, unknown> = {};
  if (shape.type !== "structure") return structure;
  for (const [member, target] of Object.entries(shape.members)) {
    const value = readValue(fields, prefix + member, target, shapeOf);
    if (value !== undefined) structure[member] = value;
  }
  return structure;
}

function readValue(fields: Fields, name: string, shapeName: string, shapeOf: ShapeOf): unknown {
  const shape = shapeOf(shapeName);
  switch (shape.type) {
    case "structure":
      return hasFieldsUnder(fields, name) ? readStructure(fields, `${name}.`, shapeName, shapeOf) : undefined;
    case "list":
      return readList(fields, name, shape.member, shapeOf);
    case "integer":
    case "long":
      return readInteger(fields.get(name), name);
    case "boolean":
      return readBoolean(fields.get(name), name);
    case "string":
      return fields.get(name);
    default:
      // No operation takes a map, blob, timestamp or document.
      return undefined;
  }
}

function hasFieldsUnder(fields: Fields, name: string): boolean {
  return [...fields.keys()].some((field) => field.startsWith(`${name}.`));
}

/** The elements in the order of their numbers, whatever the gaps between them. An empty list is sent as `Tags=`. */
function readList(fields: Fields, name: string, elementShape: string, shapeOf: ShapeOf): unknown {
  const start = `${name}.member.`;
  const numbers = new Set<number>();
  for (const field of fields.keys()) {
    if (!field.startsWith(start)) continue;
    const number = Number.parseInt(field.slice(start.length), 10);
    if (number > 0) numbers.add(number);
  }
  if (numbers.size === 0) return fields.has(name) ? [] : undefined;
  return [...numbers]
    .sort((a, b) => a - b)
    .map((number) => readValue(fields, start + number, elementShape, shapeOf))
    .filter((value) => value !== undefined);
}

function readInteger(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^-?\d{1,15}$/.test(text)) throw notA("integer", text, name);
  return value;
}

function readBoolean(text: string | undefined, name: string): boolean | undefined {
  if (text === undefined) return undefined;
  if (text !== "true" && text !== "false") throw notA("boolean", text, name);
  return text === "true";
}

/** AWS's text for this is not documented; the form is that of constraint violations. */
function notA(type: string, text: string, name: string): ValidationError {
  const path = name.charAt(0).toLowerCase() + name.slice(1);
  return new ValidationError(
    `1 validation error detected: Value '${text}' at '${path}' failed to satisfy constraint: Member must be a valid ${type}`,
  );
}
