/**
 * Who calls the AWS surfaces, and may they: signatures (`src/aws/sigv4`) and principals with their policies (`src/iam`)
 * brought together, before any operation runs.
 *
 * Leaves it to each surface to write the refusal in its protocol's form; the same {@link WireError} serves all.
 */
export type { Authenticated, ServiceName } from "./authenticate.ts";
export { type Callers, type CallersDependencies, createCallers, type UserPoolsCall } from "./callers.ts";
export { strictTrust, type TrustSettings } from "./settings.ts";
