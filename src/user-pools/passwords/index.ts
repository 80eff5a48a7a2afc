/**
 * Passwords: a pool's rules for them, making and comparing verifiers, the validity of temporary ones, and the
 * history. `rules.ts` imports nothing, so that the console uses the same rules.
 *
 * Leaves to others: SRP and random passwords themselves (`src/crypto`), lockout after wrong ones (`sign-in/`).
 */
export { checkHistory, withPassword } from "./history.ts";
export {
  allowsPasswordless,
  blankPassword,
  checkPassword,
  isTemporaryPasswordExpired,
  passwordPolicyOf,
  requirePasswordOrAddress,
} from "./policy.ts";
export { completePolicy, DEFAULT_POLICY } from "./rules.ts";
export { makePassword, matchesPassword } from "./verifier.ts";
