/**
 * Pages for users. So far the one behind the link of a confirmation e-mail.
 *
 * Leaves to others: what a right code does (`src/user-pools`).
 */
export { type ConfirmByLink, confirmUserSurface } from "./confirm-user.ts";
