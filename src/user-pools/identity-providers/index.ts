/**
 * Identity providers: their details and mappings with their checks, how the API shows one, and which identities are linked
 * to a user.
 *
 * Leaves to others: signing in by a provider (`src/federation`).
 */
export { type ProviderDetails, providerDetails } from "./details.ts";
export { withIdentity, withoutIdentity } from "./linked-identities.ts";
export { requireProvider, unknownProvider } from "./require-provider.ts";
export { readSamlMetadata, type SamlMetadata } from "./saml-metadata.ts";
export { attributeMapping, checkProviderName, identityProviderType, isSocial } from "./settings.ts";
