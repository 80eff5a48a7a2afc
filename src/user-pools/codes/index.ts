/**
 * Confirmation codes: making, sending and checking them, what the API says of where one went, and how often an hour
 * a user may be tried.
 *
 * Leaves to others: the effect of a code (`recovery.ts`), the message with it (`messages/`).
 */
export {
  type CodeSending,
  checkCode,
  codeMismatch,
  countAttempt,
  countAttemptOfUnknown,
  expiredCode,
  makeCode,
  RefusedCode,
  redeemCode,
  replacing,
  sendCode,
  useCode,
} from "./codes.ts";
export { deliveryDetails, simulatedDelivery, writeAsIfForUser } from "./delivery-details.ts";
