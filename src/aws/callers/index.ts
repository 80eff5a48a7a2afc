/**
 * Authentication and authorization for the AWS surfaces: combines signatures (`src/aws/sigv4`) with principals and their
 * policies (`src/iam`) before any operation runs.
 *
 * Each surface writes the {@link WireError} in the format of its own protocol.
 */
export { type Callers, createCallers } from "./callers.ts";
export { strictTrust, type TrustSettings } from "./settings.ts";
