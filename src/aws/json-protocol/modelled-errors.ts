import { isErrorName, type OperationName, operationModel, shapeModel } from "../../api-model/index.ts";

/** Exceptions of any operation beside those of its model: faults of the layers before it. */
const PROTOCOL_ERRORS: ReadonlySet<string> = new Set([
  "AccessDeniedException",
  "ExpiredTokenException",
  "IncompleteSignatureException",
  "InvalidSignatureException",
  "MissingAuthenticationTokenException",
  "RequestEntityTooLargeException",
  "SerializationException",
  "UnknownOperationException",
  "UnrecognizedClientException",
]);

/** Whether an operation may answer with an error: its model lists it, or it is the protocol's own. */
function isModelledError(operation: OperationName, code: string): boolean {
  return PROTOCOL_ERRORS.has(code) || operationModel(operation).errors.includes(code);
}

/**
 * For tests: holds an operation to the exceptions that its model lists.
 *
 * @throws Error it answered with another
 */
export function assertModelledError(operation: OperationName, code: string): void {
  if (isModelledError(operation, code)) return;
  throw new Error(`${operation} answered with ${code}, which its model does not list`);
}

/** The name under which an operation's model lists an unexpected failure; three operations have their own. */
export function internalErrorOf(operation: OperationName | undefined): string {
  const isListed = operation === undefined || isModelledError(operation, "InternalErrorException");
  return isListed ? "InternalErrorException" : "InternalServerException";
}

/** Whether the model holds the server at fault for an exception, which makes it HTTP 500. */
export function isServerFault(code: string): boolean {
  if (!isErrorName(code)) return false;
  const shape = shapeModel(code);
  return shape.type === "structure" && shape.fault === true;
}
