/**
 * Cryptography as Cognito needs it: SRP-6a, RS256, sealing under a master key, and client secrets. The domain decides
 * what a proof is worth.
 */

export { type BreachedPasswords, openBreachedPasswords } from "./breached-passwords.ts";
export { type Crypto, createCrypto } from "./crypto.ts";
export type { DataKeys, EncryptionContext } from "./data-keys.ts";
export { encryptionSdkMessage } from "./encryption-sdk.ts";
export { Overloaded } from "./exponentiation.ts";
export { type ImportedHash, isAffordable, parseImportedHash } from "./imported-hashes.ts";
export {
  type JwtClaims,
  type PublicJwk,
  readJwt,
  type SigningKey,
  type StoredKey,
  verifyJwt,
} from "./jwt.ts";
export { MasterKeyError, masterKeysOfFile, parseMasterKeys } from "./master-key.ts";
export type { SealedTokens } from "./sealed-tokens.ts";
export { CannotOpen, createSealer, type Sealer } from "./sealing.ts";
export { equalSecrets, generatePassword, secretHash } from "./secrets.ts";
export { scryptInThread } from "./slow-hashes.ts";
export type { Srp, SrpVerifier } from "./srp.ts";
export type { SrpIdentity } from "./srp-numbers.ts";
