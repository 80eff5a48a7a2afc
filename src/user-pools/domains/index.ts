/**
 * Domains of a pool's pages and OAuth 2.0 endpoints: which names can be, and how the API shows one.
 *
 * Leaves to others: finding the pool of a request by its host name (`src/http`, `src/oauth`).
 */
export { checkCertificate, checkDomain, checkManagedLoginVersion } from "./check-domain.ts";
export { cloudFrontName, domainDescription, isCustomDomain } from "./domain-description.ts";
export { usesClassicPages } from "./pages-version.ts";
export { domainSubject, requireDomain, unknownDomain } from "./require-domain.ts";
