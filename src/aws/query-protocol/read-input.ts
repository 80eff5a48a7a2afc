/**
 * From the fields of a form to the types of the API model: `Tags.member.1.Key=team` is the `Key` of the first of `Tags`.
 *
 * @see Smithy, "AWS Query protocol", section "Serialization"
 */
import type { Shape } from "../../api-model/index.ts";
import { ValidationError } from "../../iam/index.ts";

type Fields = ReadonlyMap<string, string>;
type ShapeOf = (name: string) => Shape;

/** The fields under one name, by what follows its dot: so that reading a form takes time in its length alone. */
interface Node {
  value: string | undefined;
  readonly under: Map<string, Node>;
}

/** More than the members of any operation have, so that a name of dots alone is no great work. */
const MAX_NAME_DEPTH = 10;

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
  return readStructure(treeOf(fields), "", inputShape, shapeOf);
}

function treeOf(fields: Fields): Node {
  const root: Node = { value: undefined, under: new Map() };
  for (const [name, value] of fields) {
    const parts = name.split(".", MAX_NAME_DEPTH + 1);
    if (parts.length > MAX_NAME_DEPTH) continue;
    let node = root;
    for (const part of parts) {
      let next = node.under.get(part);
      if (next === undefined) {
        next = { value: undefined, under: new Map() };
        node.under.set(part, next);
      }
      node = next;
    }
    node.value = value;
  }
  return root;
}

/** @param prefix the name of the structure with a dot behind it, for messages */
function readStructure(
  node: Node,
  prefix: string,
  shapeName: string,
  shapeOf: ShapeOf,
): Record<string, unknown> {
  const shape = shapeOf(shapeName);
  const structure: Record<string, unknown> = {};
  if (shape.type !== "structure") return structure;
  for (const [member, target] of Object.entries(shape.members)) {
    const value = readValue(node.under.get(member), prefix + member, target, shapeOf);
    if (value !== undefined) structure[member] = value;
  }
  return structure;
}

function readValue(node: Node | undefined, name: string, shapeName: string, shapeOf: ShapeOf): unknown {
  if (node === undefined) return undefined;
  const shape = shapeOf(shapeName);
  switch (shape.type) {
    case "structure":
      return node.under.size > 0 ? readStructure(node, `${name}.`, shapeName, shapeOf) : undefined;
    case "list":
      return readList(node, name, shape.member, shapeOf);
    case "integer":
    case "long":
      return readInteger(node.value, name);
    case "boolean":
      return readBoolean(node.value, name);
    case "string":
      return node.value;
    default:
      // No operation takes a map, blob, timestamp or document.
      return undefined;
  }
}

/** The elements in the order of their numbers, whatever the gaps between them. An empty list is sent as `Tags=`. */
function readList(list: Node, name: string, elementShape: string, shapeOf: ShapeOf): unknown {
  const elements = [...(list.under.get("member")?.under ?? [])].filter(([number]) =>
    /^[1-9]\d*$/.test(number),
  );
  if (elements.length === 0) return list.value === undefined ? undefined : [];
  return elements
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([number, node]) => readValue(node, `${name}.member.${number}`, elementShape, shapeOf))
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
