/**
 * Passwords: what a pool asks of them, making and comparing what is kept of them, how long temporary ones last and which
 * earlier ones may not come back. `policy.ts` imports nothing of Node, so that the console can use it.
 *
 * Leaves to others: SRP and random passwords themselves (`src/crypto`), lockout after wrong ones (`sign-in/`).
 */
export { checkHistory, withPassword } from "./history.ts";
export {
  allowsPasswordless,
  checkPassword,
  isTemporaryPasswordExpired,
  type PasswordOccasion,
  type PasswordPolicy,
  passwordPolicyOf,
} from "./policy.ts";
export { makePassword, matchesPassword } from "./verifier.ts";
