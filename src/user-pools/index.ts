/**
 * User pools: every rule of theirs, and the operations of their API. Knows no HTTP and no SQL.
 */
export { confirmByLink } from "./confirmation.ts";
export type { Environment } from "./environment.ts";
export { withAllowedClientName, withFixedIds } from "./fixed-ids.ts";
export type { GivenIds, Operation, OperationContext, OperationTable } from "./operation.ts";
export { operations, unimplementedOperations } from "./operations/registry.ts";
export { clientSettingsNotActedOn, poolSettingsNotActedOn, replenishSpareKeys } from "./pools/index.ts";
export { type ReceivedContext, type RequestContext, requestContextOf } from "./request-context.ts";
export { listSessions, revokeSession } from "./sessions/index.ts";
export { createTokenService, rotateSigningKeys, type TokenService } from "./tokens/index.ts";
export { configuredFunctions, createLambdaTriggers, type Triggers } from "./triggers/index.ts";
