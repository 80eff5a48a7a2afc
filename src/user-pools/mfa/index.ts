/**
 * Second factors: which ones a pool and a user have, which one is required, authenticator apps, preferences.
 *
 * Leaves to others: challenges and their checks (`sign-in/challenges/`), the settings of a pool (`pools/`).
 */
export {
  factorsOfPool,
  factorsToSetUp,
  mfaChallenge,
  mustSetUpFactor,
  requireTotp,
  SECOND_FACTORS,
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
export { totpCodes } from "./load-totp-codes.ts";
export {
  mfaMembers,
  mfaOptions,
  withFactor,
  withMfaOptions,
  withMfaPreference,
  withoutFactor,
} from "./preferences.ts";
export { isStepUsed, withoutTotp, withTotp } from "./totp.ts";
