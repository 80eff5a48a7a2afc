/**
 * The AWS JSON 1.1 protocol of Cognito user pools: from a received request to its operation, and from the output or the
 * exception to the bytes of the answer.
 *
 * Owns the target header, the reading of bodies and their validation against the API model with Cognito's own messages,
 * the form of outputs and errors, and CORS. Leaves to others who may call (`src/aws/callers`) and every rule of user
 * pools.
 */
export { readBody } from "./body.ts";
export * from "./error-response.ts";
export * from "./handler.ts";
export * from "./modelled-errors.ts";
export { ProtocolException } from "./protocol-exception.ts";
export { readInput } from "./read-input.ts";
export type { JsonResponse } from "./response.ts";
export { hasTarget } from "./target.ts";
