/**
 * SAML 2.0: a pool as service provider. Owns the messages to and from identity providers, their signatures and the rules by
 * which an assertion is believed.
 *
 * Leaves to others: who the user is and what becomes of the claims (`src/federation/`). Import it dynamically: few pools
 * have a SAML provider. The libraries that verify are loaded by a thread alone (`verification.ts`).
 */
export type { NameId } from "./assertion.ts";
export type { SentLogoutRequest } from "./logout-requests.ts";
export { acceptSamlSignOut } from "./provider-sign-out.ts";
export { SamlRefusal } from "./refusal.ts";
export { entityIdOf, serviceProviderMetadata } from "./service-provider.ts";
export {
  finishSamlSignIn,
  finishSamlSignOut,
  isOn,
  type SamlSession,
  startSamlSignIn,
  startSamlSignOut,
} from "./sign-in.ts";
