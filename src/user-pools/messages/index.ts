/**
 * What messages to users say, to whom they go, and what the API answers when they cannot be delivered.
 *
 * Leaves to others: getting them there (`src/delivery`), the codes and passwords in them (`passwords/`).
 */
export { invitationMedia, sendInvitation } from "./invitation.ts";
