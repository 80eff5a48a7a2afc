/**
 * The surface of OpenID Connect: the issuer's documents. Which keys a pool has is the domain's to say.
 */
export * from "./issuer.ts";
