/**
 * Lambda functions: local files in workers, or a Lambda API elsewhere.
 *
 * Leaves to others: when a function is invoked, with which event, and what its answer means (`src/user-pools/triggers`).
 */
export { createFunctions, type Functions, NO_FOLDER } from "./functions.ts";
export type { InvocationOutcome } from "./outcome.ts";
export type { FunctionTarget } from "./target.ts";
