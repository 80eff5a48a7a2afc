import { modelText } from "./model.generated.ts";
import type { OperationModel, ServiceModel, Shape } from "./model.ts";
import type { ErrorName, OperationName } from "./operations.generated.ts";

const model: ServiceModel = JSON.parse(modelText);
const operations = new Map(Object.entries(model.operations));
const shapes = new Map(Object.entries(model.shapes));

/** Every operation of the service, in alphabetical order. */
export const operationNames: readonly OperationName[] = Object.keys(model.operations).filter(isOperationName);

/** Whether the service has an operation of this name, built or not. */
export function isOperationName(name: string): name is OperationName {
  return operations.has(name);
}

/** An operation as the model describes it. */
export function operationModel(name: OperationName): OperationModel {
  const operation = operations.get(name);
  if (!operation) throw new TypeError(`The API model has no operation ${name}`);
  return operation;
}

/** Whether an operation looks at no signature: the input itself holds the caller's proof. */
export function isUnsigned(name: OperationName): boolean {
  return operationModel(name).unsigned === true;
}

/** A shape as the model describes it, by the name that a member or an operation gives it. */
export function shapeModel(name: string): Shape {
  const shape = shapes.get(name);
  if (!shape) throw new TypeError(`The API model has no shape ${name}`);
  return shape;
}

/** Whether `code` is an exception that the model knows. */
export function isErrorName(code: string): code is ErrorName {
  const shape = shapes.get(code);
  return shape?.type === "structure" && shape.exception === true;
}
