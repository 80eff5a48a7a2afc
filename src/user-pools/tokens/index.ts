/**
 * Tokens: what they say, the keys that sign them, how they are refreshed, revoked and verified.
 *
 * One sign-in is one record, which the tokens' `origin_jti` names; refreshing, revoking and signing out act on it. A
 * pool has one key for ID tokens and one for access tokens, and whichever keys it has retired while a token of theirs can
 * still be valid.
 *
 * Leaves to others: who may sign in (`sign-in/`), the documents that publish the keys (`src/oauth/`).
 */
export type { TokenSource } from "./pre-token-generation.ts";
export { rotatesRefreshTokens } from "./refresh-token.ts";
export { attributesNeededBy } from "./scopes.ts";
export { rotateSigningKeys, spareSigningKeys } from "./signing-keys.ts";
export { createTokenService, type TokenService } from "./token-service.ts";
export { ACCESS_TOKEN_REVOKED, type AccessTokenBearer, scopesOf } from "./verification.ts";
