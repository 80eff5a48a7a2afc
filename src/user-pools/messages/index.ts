/**
 * Messages to users: the text for each occasion, the recipient, and the API's answer if it cannot be delivered.
 *
 * Leaves to others: getting them there (`src/delivery`), the codes and passwords in them (`codes/`, `passwords/`).
 */
export { sendNotificationLater } from "./notification.ts";
export { MEDIUM_OF_ADDRESS, type Messaging } from "./order.ts";
export { invitationMedia, sendInvitation, sendMessage, sendMessageLater } from "./send-message.ts";
