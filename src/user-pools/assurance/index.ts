/**
 * Authentication levels: which methods a sign-in used, which level they reach, and the claims that say so. A pool has levels
 * while it has an `AcrConfiguration`; without one no claim and no parameter has an effect.
 *
 * Leaves to others: asking for what is missing on the way to a level (`sign-in/step-up.ts`).
 */
export {
  type AcrLevel,
  type AuthenticationMethod,
  assertedLevel,
  assuranceClaims,
  hasLevels,
  levelOf,
  levelOfMethods,
  levelsAsked,
  levelsNamed,
  namesOfLevels,
  type SignInMethods,
  waysTo,
} from "./levels.ts";
