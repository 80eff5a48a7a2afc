/**
 * The rules of the OAuth 2.0 and OpenID Connect endpoints: scopes, authorization codes, the user of an access token,
 * and clients that register themselves.
 *
 * Leaves to others: requests, redirects and pages (`src/oauth`), signing users in (`sign-in/`), tokens (`tokens/`).
 */
export {
  finishSignIn,
  grantToSession,
  issueCode,
  redeemCode,
  type UserGrant,
} from "./authorization-codes.ts";
export { issueToClient } from "./client-credentials.ts";
export { OAuthError, type OAuthErrorCode } from "./errors.ts";
export { introspect } from "./introspection.ts";
export {
  RegistrationRefused,
  registerClient,
  registrationOf,
} from "./registration.ts";
export { allowsFlow, isCustomScope, requestedScopes } from "./scopes.ts";
export { userInfo } from "./user-info.ts";
