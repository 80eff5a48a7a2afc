/**
 * Recovering a forgotten password: by which address, for whom, and how it begins and ends.
 *
 * ForgotPassword and AdminResetUserPassword begin it, ConfirmForgotPassword ends it. Leaves to others: the code (`codes/`),
 * the password (`passwords/`), why a user whose password was reset cannot sign in (`sign-in/`).
 */
export { begin } from "./begin.ts";
export { isLeftToAdministrators, recoveryAttributes, recoveryDestination } from "./destination.ts";
export { recovered } from "./recovered.ts";
export { CAN_BE_RESET, CAN_RECOVER, notInThisState } from "./states.ts";
