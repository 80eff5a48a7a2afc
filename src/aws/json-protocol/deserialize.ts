/**
 * From JSON values to the types of the API model, in functions compiled once for each shape.
 *
 * `null` is absence, in structures, lists and maps alike; members that the model does not know are dropped.
 */

import { type Shape, type StructureShape, shapeModel } from "../../api-model/index.ts";
import type { JsonObject } from "../../json.ts";
import { isStorableText } from "../../storable-text.ts";
import { serializationException } from "./protocol-exception.ts";

/** @throws ProtocolException SerializationException */
export type Reader = (value: unknown) => unknown;

const readers = new Map<string, Reader>();

/** The reader of a shape, whose input is any JSON value but null. */
export function readerOf(shapeName: string): Reader {
  let reader = readers.get(shapeName);
  if (!reader) {
    reader = compile(shapeModel(shapeName));
    readers.set(shapeName, reader);
  }
  return reader;
}

function compile(shape: Shape): Reader {
  switch (shape.type) {
    case "structure":
      return compileStructure(shape);
    case "list":
      return compileList(readerOf(shape.member));
    case "map":
      return compileMap(readerOf(shape.value));
    case "string":
      return readString;
    case "integer":
      return (value) => readInteger(value, "an Integer", INTEGER_MAX);
    case "long":
      return (value) => readInteger(value, "a Long", Number.MAX_SAFE_INTEGER);
    case "boolean":
      return readBoolean;
    case "timestamp":
      return readTimestamp;
    case "blob":
      return readBlob;
    case "document":
      return readDocument;
  }
}

function compileStructure(shape: StructureShape): Reader {
  const members = new Map(Object.entries(shape.members).map(([name, target]) => [name, readerOf(target)]));
  return (value) => {
    const source = asObject(value);
    const result: Record<string, unknown> = {};
    for (const name in source) {
      const member = source[name];
      if (member === null) continue;
      const reader = members.get(name);
      if (reader) result[name] = reader(member);
    }
    return result;
  };
}

function compileList(readElement: Reader): Reader {
  return (value) => {
    // Observed on 2026-09-01: CreateManagedLoginBranding with Assets "nope" (floci-io/floci#2869).
    if (typeof value !== "object") throw serializationException("Unexpected field type");
    if (!Array.isArray(value)) throw unexpectedStart(value);
    const result: unknown[] = [];
    for (const element of value) if (element !== null) result.push(readElement(element));
    return result;
  };
}

function compileMap(readValue: Reader): Reader {
  return (value) => {
    const source = asObject(value);
    // Without a prototype: keys are the caller's, and `__proto__` or `constructor` is a key like another.
    const result: Record<string, unknown> = { __proto__: null } as Record<string, unknown>;
    for (const key of Object.keys(source)) {
      const element = source[key];
      if (element !== null) result[checkedText(key)] = readValue(element);
    }
    return result;
  };
}

function asObject(value: unknown): JsonObject {
  // Observed in 2020 (aws-amplify/amplify-js#4738).
  if (typeof value !== "object" || value === null) throw serializationException("Expected map or null");
  if (Array.isArray(value)) throw unexpectedStart(value);
  return value as JsonObject; // JSON.parse gives no other objects
}

function readString(value: unknown): string {
  if (typeof value !== "string") throw cannotBecome("a String", value);
  return checkedText(value);
}

function checkedText(text: string): string {
  if (!isStorableText(text)) throw serializationException();
  return text;
}

const INTEGER_MAX = 2 ** 31 - 1;

/** Fractions are cut off and large numbers brought into range, as the service's framework does. */
function readInteger(value: unknown, target: string, max: number): number {
  if (typeof value !== "number") throw cannotBecome(target, value);
  return Math.min(Math.max(Math.trunc(value), -max - 1), max);
}

const TRUTHS = new Map([
  ["TRUE", true],
  ["YES", true],
  ["1", true],
  ["FALSE", false],
  ["NO", false],
  ["0", false],
]);

/** Observed on 2026-09-01: `UseCognitoProvidedValues: "yes"` is taken for true (floci-io/floci#2869). */
function readBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  const truth = typeof value === "string" ? TRUTHS.get(value.toUpperCase()) : undefined;
  if (truth === undefined) throw cannotBecome("a Boolean", value);
  return truth;
}

const MILLISECONDS = 1000;

function readTimestamp(value: unknown): number {
  if (typeof value !== "number") throw cannotBecome("milliseconds since epoch", value);
  return Math.round(value * MILLISECONDS);
}

function readBlob(value: unknown): Uint8Array {
  if (typeof value !== "string") throw cannotBecome("a Blob", value);
  const bytes = Buffer.from(value, "base64");
  // Buffer skips what is not base64; only what comes back the same was.
  if (bytes.toString("base64") !== value) throw serializationException();
  return bytes;
}

/** Deeper documents are refused, because they are serialized by recursion. */
const MAX_DOCUMENT_DEPTH = 64;

function readDocument(value: unknown): unknown {
  asObject(value);
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DOCUMENT_DEPTH) throw serializationException();
    level = level.flatMap((item) => {
      if (typeof item === "string") checkedText(item);
      return typeof item === "object" && item !== null ? Object.values(item) : [];
    });
  }
  return value;
}

function cannotBecome(target: string, value: unknown): Error {
  if (typeof value === "object") return unexpectedStart(value);
  const found = typeof value === "boolean" ? (value ? "TRUE" : "FALSE") : (typeof value).toUpperCase();
  return serializationException(`${found}_VALUE can not be converted to ${target}`);
}

/** Observed in 2019 and 2020, with its full stop (aws-amplify/amplify-js#2689, #5165); that of lists has none. */
function unexpectedStart(value: unknown): Error {
  return serializationException(
    Array.isArray(value)
      ? "Start of list found where not expected"
      : "Start of structure or map found where not expected.",
  );
}
