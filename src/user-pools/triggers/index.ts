/**
 * Lambda triggers: the port through which user pools ask a pool's own functions.
 *
 * Leaves to others: when a trigger is invoked and the effect of its answer (the operations and the sign-in engine).
 */
export { configuredFunction } from "./configured.ts";
export { createFunctionInspection, type FunctionInspection } from "./inspection.ts";
export { createLambdaTriggers } from "./lambda-triggers.ts";
export { type ChallengeRound, type MessageOccasion, NO_CLIENT, type TriggerSource } from "./sources.ts";
export { noTriggers, type TriggerEvent, type Triggers } from "./triggers.ts";
export { unrecognizableOutput } from "./unrecognizable-output.ts";
export { warnOfMissingFunctions } from "./warning.ts";
