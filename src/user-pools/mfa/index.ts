/**
 * Second factors: which ones a pool and a user have, which one is required, authenticator apps, preferences.
 *
 * Leaves to others: how a factor is put to a user and judged (`sign-in/challenges/`), what a pool may be set to (`pools/`).
 */
export {
  factorsOfPool,
  factorsToSetUp,
  mfaChallenge,
  mustSetUpFactor,
  requireTotp,
  usableFactors,
} from "./choice.ts";
export {
  allowedFirstFactors,
  configuredFactors,
  type FirstFactor,
  firstFactors,
  hasPasskeyMfa,
  hasProvedBothFactors,
  needsPasswordFirst,
  passkeysAreBothFactors,
} from "./first-factors.ts";
export {
  mfaMembers,
  mfaOptions,
  withFactor,
  withMfaOptions,
  withMfaPreference,
  withoutFactor,
} from "./preferences.ts";
export { isStepUsed, newTotpSecret, stepOfCode, withoutTotp, withTotp } from "./totp.ts";
