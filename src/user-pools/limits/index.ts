/** Request rates by category, and which of them an account has raised. */
export { highestValue } from "./categories.ts";
export { keepProvisionedValue, limitType, provisionedValue, requireCategory } from "./provisioned-limit.ts";
export { createBuckets, createRateLimits, withRateLimits } from "./rate-limits.ts";
