/**
 * Passwords: what a pool asks of them, making and comparing what is kept of them, how long temporary ones last and which
 * earlier ones may not come back.
 *
 * Leaves to others: SRP and random passwords themselves (`src/crypto`), lockout after wrong ones (`sign-in/`).
 */
export { checkHistory, withPassword } from "./history.ts";
export { allowsPasswordless } from "./passwordless.ts";
export { checkPassword, type PasswordOccasion, type PasswordPolicy, passwordPolicyOf } from "./policy.ts";
export { isTemporaryPasswordExpired } from "./temporary.ts";
export { makePassword, matchesPassword } from "./verifier.ts";
