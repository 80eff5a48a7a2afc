import { NotAuthorizedException } from "../../api-model/index.ts";
import type { UserStatus } from "../../storage/index.ts";

/** Users who can ask for a code, and set a password by one. An unconfirmed user is confirmed by that. */
export const CAN_RECOVER: readonly UserStatus[] = ["CONFIRMED", "RESET_REQUIRED", "UNCONFIRMED"];

/** Users whose password an administrator can reset; again, too, since the code before may be lost. */
export const CAN_BE_RESET: readonly UserStatus[] = ["CONFIRMED", "RESET_REQUIRED"];

/** The refusal of users in other states, who have no password of their own to forget. */
export function notInThisState(): NotAuthorizedException {
  return new NotAuthorizedException("User password cannot be reset in the current state.");
}
