/**
 * Pages for users: the one behind the link of a confirmation e-mail, and the logos of classic pages.
 *
 * Leaves to others: what a right code does (`src/user-pools`).
 */
export { type ConfirmByLink, confirmUserSurface } from "./confirm-user.ts";
export { logoSurface } from "./logo.ts";
