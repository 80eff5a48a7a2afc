/**
 * The AWS query protocol as STS and IAM speak it: forms in, XML out.
 *
 * Owns telling STS and IAM apart, reading forms by the API model, the XML of answers and errors. Leaves to
 * others who may call (`src/aws/callers`) and every rule of IAM and STS (`src/iam`).
 */
export { handleQueryRequest, type QueryDependencies } from "./handler.ts";
export { type QueryResponse, writeError } from "./response.ts";
export { type QueryService, queryServiceOf } from "./service.ts";
