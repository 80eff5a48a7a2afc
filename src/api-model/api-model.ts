import { modelText } from "./model.generated.ts";
import type { OperationModel, ServiceModel, Shape } from "./model.ts";
import type { ErrorName, OperationName } from "./operations.generated.ts";

interface Model {
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly shapes: ReadonlyMap<string, Shape>;
}

let parsed: Model | undefined;

/** With the first call of the API: a start, and a server that answers OAuth's endpoints alone, do without it. */
function model(): Model {
  parsed ??= parse(JSON.parse(modelText));
  return parsed;
}

function parse({ operations, shapes }: ServiceModel): Model {
  return { operations: new Map(Object.entries(operations)), shapes: new Map(Object.entries(shapes)) };
}

/** Every operation of the service, in alphabetical order. */
export function operationNames(): readonly OperationName[] {
  return [...model().operations.keys()].filter(isOperationName);
}

/** Whether the service has an operation of this name, built or not. */
export function isOperationName(name: string): name is OperationName {
  return model().operations.has(name);
}

/** An operation as the model describes it. */
export function operationModel(name: OperationName): OperationModel {
  const operation = model().operations.get(name);
  if (!operation) throw new TypeError(`The API model has no operation ${name}`);
  return operation;
}

/** Whether an operation looks at no signature: the input itself holds the caller's proof. */
export function isUnsigned(name: OperationName): boolean {
  return operationModel(name).unsigned === true;
}

/** A shape as the model describes it, by the name that a member or an operation gives it. */
export function shapeModel(name: string): Shape {
  const shape = model().shapes.get(name);
  if (!shape) throw new TypeError(`The API model has no shape ${name}`);
  return shape;
}

/** Whether `code` is an exception that the model knows. */
export function isErrorName(code: string): code is ErrorName {
  const shape = model().shapes.get(code);
  return shape?.type === "structure" && shape.exception === true;
}
