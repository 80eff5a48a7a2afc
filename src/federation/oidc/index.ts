/**
 * OpenID Connect and the social providers: a pool as their client. Owns the requests to them and what of their answers is
 * believed.
 *
 * Leaves to others: who the user is and what becomes of the claims (`src/user-pools/federation`), the browser and its state
 * (`src/oauth`). Import it dynamically: few pools have such a provider.
 */
export { authorizationUrl } from "./authorization-url.ts";
export { readDiscoveryDocument } from "./discovery.ts";
export { openProvider, type Provider } from "./provider.ts";
export { PlainHttpEndpoint, ProviderRefusal } from "./refusal.ts";
export {
  finishOidcSignIn,
  type SentRequest,
  startOidcSignIn,
} from "./sign-in.ts";
export { tokenRequest } from "./token-request.ts";
