import { isErrorName, type OperationName, operationModel, shapeModel } from "../../api-model/index.ts";

/** The name under which an operation's model lists an unexpected failure; three operations have their own. */
export function internalErrorOf(operation: OperationName | undefined): string {
  const isListed =
    operation === undefined || operationModel(operation).errors.includes("InternalErrorException");
  return isListed ? "InternalErrorException" : "InternalServerException";
}

/** Whether the model holds the server at fault for an exception, which makes it HTTP 500. */
export function isServerFault(code: string): boolean {
  if (!isErrorName(code)) return false;
  const shape = shapeModel(code);
  return shape.type === "structure" && shape.fault === true;
}
