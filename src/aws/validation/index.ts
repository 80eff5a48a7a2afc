/**
 * Checks inputs against the constraints of an API model, and words violations as AWS's own services do, whichever protocol
 * brought the input.
 */
export { matcherOf } from "./java-pattern.ts";
export { createValidators, type Validator } from "./validate.ts";
