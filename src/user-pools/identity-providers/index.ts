/**
 * Identity providers: their details and mappings with their checks, how the API shows one, and which identities are linked
 * to a user.
 *
 * Leaves to others: signing in by a provider (`src/federation`).
 */
export { providerDetails } from "./details.ts";
export {
  hasOwnIdentity,
  isProfileOf,
  MAX_LINKED_IDENTITIES,
  ownIdentity,
  withIdentity,
  withoutIdentity,
  withUsedIdentity,
} from "./linked-identities.ts";
export { currentSamlMetadata } from "./refreshed-metadata.ts";
export {
  identifierTaken,
  MAX_PROVIDERS,
  providerSubject,
  requireProvider,
  unknownProvider,
} from "./require-provider.ts";
export { samlEncryption } from "./saml-details.ts";
export { readSamlMetadata, type SamlMetadata } from "./saml-metadata.ts";
export {
  attributeMapping,
  checkAcrMapping,
  checkProviderName,
  identityProviderType,
  isSocial,
  mappedNames,
} from "./settings.ts";
