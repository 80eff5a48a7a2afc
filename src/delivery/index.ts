/**
 * Getting messages to users: into the inbox of `dev`, out by SMTP, or to an SMS gateway.
 *
 * Leaves to others: what a message says and to which address it goes (`src/user-pools/messages`), reading the inbox (`src/control`,
 * `src/console`).
 */
export { createDelivery } from "./delivery.ts";
export { DeliveryFailed, type Message, type MessageDelivery } from "./message.ts";
export { createOutbox, type Outbox } from "./outbox.ts";
export type { ClosableDelivery } from "./smtp.ts";
