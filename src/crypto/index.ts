/**
 * Cryptography for Cognito: SRP-6a, RS256, sealing under a master key, and client secrets. The domain decides what a
 * proof allows.
 */

export { Overloaded } from "../thread.ts";
export { type Crypto, createCrypto } from "./crypto.ts";
export type { DataKeys, EncryptionContext } from "./data-keys.ts";
export { encryptionSdkMessage } from "./encryption-sdk.ts";
export { hmac, hmacKey } from "./hmac.ts";
export { type JwtClaims, type PublicJwk, readJwt, type SigningKey, verifyJwt } from "./jwt.ts";
export {
  fingerprintOf,
  keepMasterKey,
  MasterKeyError,
  makeMasterKey,
  parseMasterKeys,
  readMasterKeys,
} from "./master-key.ts";
export { type BreachedPasswords, openBreachedPasswords } from "./passwords/breached-passwords.ts";
export { type ImportedHash, isAffordable, parseImportedHash } from "./passwords/imported-hashes.ts";
export { type ScryptCost, scryptInThread } from "./passwords/slow-hashes.ts";
export type { SealedTokens } from "./sealed-tokens.ts";
export { CannotOpen, createSealer } from "./sealing.ts";
export { equalSecrets, generatePassword, secretHash } from "./secrets.ts";
export type { SrpVerifier } from "./srp/srp.ts";
export type { SrpIdentity } from "./srp/srp-numbers.ts";
