/**
 * App clients as such: finding one, proving its secret, which sign-in flows it may use and how long its tokens live.
 *
 * Leaves to others: which attributes it reads and writes (`attributes/`), what its flows do (`sign-in/`).
 */
export { type AuthFlow, flowEnabled } from "./flows.ts";
export { requireClient, requireClientById, unknownClient } from "./require-client.ts";
export { checkClientSecret, checkSecretHash, provesClientSecret, secretHashOf } from "./secrets.ts";
export { authSessionSeconds, type TokenValidity, tokenValidity } from "./validity.ts";
