/**
 * App clients as such: finding one, its settings with defaults and checks, the proof of its secret, its sign-in flows,
 * what it may know of users, and the validity of its tokens.
 *
 * Leaves to others: which attributes it reads and writes (`attributes/`), what its flows do (`sign-in/`).
 */
export { checkClientSettings } from "./check-settings.ts";
export { MAX_CLIENT_SECRETS, newSecret } from "./client-secrets.ts";
export { flowEnabled } from "./flows.ts";
export { clientReferences } from "./references.ts";
export {
  hidesUserExistence,
  requireClient,
  requireClientAndPool,
  requireClientById,
  requireClientToSignIn,
  requireProvenClient,
  requireRegularClient,
  unknownClient,
  unknownClientOfPool,
} from "./require-client.ts";
export { checkClientSecret, checkSecretHash, provesClientSecret, provesSecretHash } from "./secrets.ts";
export { clientOfEvent, isSelfRegistered } from "./self-registered.ts";
export { clientSettings } from "./settings.ts";
export { userPoolClientType } from "./user-pool-client-type.ts";
export { authSessionSeconds, tokenValidity } from "./validity.ts";
