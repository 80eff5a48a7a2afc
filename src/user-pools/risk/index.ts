/**
 * Threat protection: how risky a sign-in is, which passwords are breached, the actions against both, and the
 * history of what users did.
 *
 * `protection.ts` is what the sign-in engine and the operations ask: a pool with threat protection off pays one comparison, and
 * without such a pool nothing behind it is loaded. `rules.ts` is the explained rule set, `origin.ts` says where a request comes
 * from.
 *
 * Leaves to others: taking the steps of a sign-in (`sign-in/`), the breached passwords themselves (`src/crypto`).
 */
export { isAddressRange } from "./address-ranges.ts";
export { isProtected, type RiskBody, requireThreatProtection, riskDocumentKey } from "./configuration.ts";
export {
  assessSignIn,
  feedback,
  noteFailedProof,
  noteSignedIn,
  noteUserEvent,
  refuseBlockedAddress,
  refuseBreachedPassword,
  writeAsIfForEvent,
} from "./protection.ts";
export { createSignInCounts, type SignInCounts } from "./sign-in-counts.ts";
export type { AttemptRisk } from "./sign-in-protection.ts";
