/**
 * Threat protection: how risky a sign-in is, which passwords are breached, the actions against both, and the
 * history of what users did.
 *
 * `rules.ts` is the explained rule set, `origin.ts` says where a request comes from, `sign-in-protection.ts` is what the
 * sign-in engine asks. A pool with threat protection off pays one comparison.
 *
 * Leaves to others: taking the steps of a sign-in (`sign-in/`), the breached passwords themselves (`src/crypto`).
 */
export { isAddressRange } from "./address-ranges.ts";
export { refuseBreachedPassword } from "./breached-password.ts";
export { isProtected, type RiskBody, requireThreatProtection, riskDocumentKey } from "./configuration.ts";
export { noteUserEvent } from "./events.ts";
export { giveFeedback, invalidFeedbackToken, openFeedbackToken } from "./feedback.ts";
export { createSignInCounts, type SignInCounts } from "./sign-in-counts.ts";
export {
  type AttemptRisk,
  assessSignIn,
  noteFailedProof,
  noteSignedIn,
  refuseBlockedAddress,
} from "./sign-in-protection.ts";
