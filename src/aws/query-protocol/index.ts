/**
 * The AWS query protocol of STS and IAM: forms in, XML out.
 *
 * Owns the choice between STS and IAM, reading forms by the API model, and the XML of answers and errors. Leaves to
 * others who may call (`src/aws/callers`) and every rule of IAM and STS (`src/iam`).
 */
export { handleQueryRequest, type QueryDependencies } from "./handler.ts";
export { type QueryResponse, writeError } from "./response.ts";
export { type QueryService, queryServiceOf } from "./service.ts";
