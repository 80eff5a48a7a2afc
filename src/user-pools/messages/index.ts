/**
 * What messages to users say, to whom they go, and what the API answers when they cannot be delivered.
 *
 * Leaves to others: getting them there (`src/delivery`), the codes and passwords in them (`codes/`,
 * `passwords/`).
 */
export { MEDIUM_OF_ADDRESS } from "./addresses.ts";
export { codeMessage } from "./code-message.ts";
export { type Delivering, deliver } from "./deliver.ts";
export { invitationMedia, sendInvitation } from "./invitation.ts";
