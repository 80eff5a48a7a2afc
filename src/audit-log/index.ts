/**
 * The audit log: actions, with their callers and times. Each call of an API, each request to an endpoint, and each sign-in to the console gives a
 * record in the form of CloudTrail's events.
 *
 * Leaves to others: which user a call is about (`src/user-pools/subjects.ts`), and the delivery of records (`src/log-sinks`).
 */
export { type AuditLog, createAuditLog } from "./audit-log.ts";
export type { EndpointRequest } from "./endpoint-record.ts";
