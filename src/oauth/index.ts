/**
 * The surface of OAuth 2.0 and OpenID Connect: authorize, token, userInfo, revoke, introspect, logout, and the
 * documents by which clients find them: one file for each endpoint, named after it. `pages/` answers the forms of managed login,
 * `federation/` and `saml/` are the redirects to providers, `browser/` is what a browser keeps.
 *
 * Owns requests, redirects, cookies and pages. Leaves to others which scopes, codes and tokens there are
 * (`src/user-pools/oauth`) and how a user signs in (`src/user-pools/sign-in`).
 */
export { type AddressLimit, createFormLimit, createRegistrationLimit } from "./address-limits.ts";
export { poolOfDomain } from "./domains.ts";
export type { OAuthDependencies } from "./endpoint.ts";
export { pagesSurface } from "./pages-surface.ts";
export { formOf, isForm, queryOf, UnclearParameters } from "./parameters.ts";
export { oauthSurface } from "./surface.ts";
