/**
 * Confirmation codes: making, sending and checking them, what the API says of where one went, and how often an hour
 * somebody may try.
 *
 * A user has one code for each purpose: the newest. It works once, until its time is over, and only while the address that
 * it went to is still the user's. Leaves to others: what a code is good for (`recovery/`), what the message around it says
 * (`messages/`).
 */
export { countAttempt } from "./attempts.ts";
export { checkCode, codeMismatch, makeCode, useCode } from "./code.ts";
export { simulatedDelivery } from "./delivery-details.ts";
export { sendCode } from "./send-code.ts";
