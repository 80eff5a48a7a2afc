/**
 * Reads a botocore `service-2.json` (or its `.gz`): the source that has the constraints.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { OperationModel, Shape } from "../../src/api-model/model.ts";
import type { ModelSource } from "./model-source.ts";

interface Reference {
  readonly shape: string;
}

interface BotocoreShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, Reference>>;
  readonly required?: readonly string[];
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly document?: boolean;
  readonly exception?: boolean;
  readonly fault?: boolean;
}

interface BotocoreOperation {
  readonly input?: Reference;
  readonly output?: Reference;
  readonly errors?: readonly Reference[];
  readonly authtype?: string;
}

/**
 * @throws Error a shape is of a kind that this service has not used before
 */
export function readBotocore(path: string): ModelSource {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const model: {
    operations: Record<string, BotocoreOperation>;
    shapes: Record<string, BotocoreShape>;
  } = JSON.parse(text);

  return {
    operations: new Map(
      Object.entries(model.operations).map(([name, operation]) => [name, operationModel(operation)]),
    ),
    shapes: new Map<string, Shape>([
      [NO_INPUT, { type: "structure", members: {} }],
      ...Object.entries(model.shapes).map(([name, shape]) => [name, shapeModel(name, shape)] as const),
    ]),
  };
}

/** The input of an operation that takes none. */
const NO_INPUT = "NoInput";

function operationModel(operation: BotocoreOperation): OperationModel {
  return {
    input: operation.input?.shape ?? NO_INPUT,
    ...(operation.output && { output: operation.output.shape }),
    ...(operation.authtype === "none" && { unsigned: true as const }),
    errors: (operation.errors ?? []).map((error) => error.shape),
  };
}

function shapeModel(name: string, shape: BotocoreShape): Shape {
  const sensitive = shape.sensitive ? { sensitive: true as const } : {};
  const limits = {
    ...(shape.min !== undefined && { min: shape.min }),
    ...(shape.max !== undefined && { max: shape.max }),
    ...sensitive,
  };
  switch (shape.type) {
    case "structure":
      if (shape.document) return { type: "document", ...sensitive };
      return {
        type: "structure",
        members: Object.fromEntries(
          Object.entries(shape.members ?? {}).map(([key, ref]) => [key, ref.shape]),
        ),
        ...(shape.required?.length && { required: shape.required }),
        ...sensitive,
        ...(shape.exception && { exception: true as const }),
        ...(shape.fault && { fault: true as const }),
      };
    case "list":
      return { type: "list", member: target(name, shape.member), ...limits };
    case "map":
      return { type: "map", key: target(name, shape.key), value: target(name, shape.value), ...limits };
    case "string":
      return {
        type: "string",
        ...limits,
        ...(shape.pattern !== undefined && { pattern: shape.pattern }),
        ...(shape.enum && { enum: shape.enum }),
      };
    case "integer":
    case "long":
    case "blob":
      return { type: shape.type, ...limits };
    case "boolean":
    case "timestamp":
      return { type: shape.type, ...sensitive };
    default:
      throw new Error(`${name}: a shape of type ${shape.type} is not known here`);
  }
}

function target(name: string, reference: Reference | undefined): string {
  if (!reference) throw new Error(`${name}: it does not say what it holds`);
  return reference.shape;
}
