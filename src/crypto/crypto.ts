import { availableParallelism } from "node:os";
import type { Random } from "../random.ts";
import { type CertificateSubject, selfSignedCertificate } from "./certificate.ts";
import { createDataKeys, type DataKeys } from "./data-keys.ts";
import { generateSigningKey, importSigningKey, type SigningKey, type StoredKey, signJwt } from "./jwt.ts";
import { createImportedHashes, type ImportedHashes } from "./passwords/imported-hash-threads.ts";
import { createSealedTokens, type SealedTokens } from "./sealed-tokens.ts";
import { createSealer, deriveKey, type Sealer } from "./sealing.ts";
import { createExponentiation } from "./srp/exponentiation.ts";
import { createSrp, type Srp } from "./srp/srp.ts";

/**
 * How many threads raise numbers to powers, and how many check imported hashes: half the cores, because a sign-in's signatures on
 * libuv's threads take about as long as its exponentiation.
 *
 * @param processes that share the cores
 */
export function arithmeticThreads(cores: number, processes = 1): number {
  return Math.max(1, Math.floor(cores / 2 / processes));
}

/** The cryptography that the domain uses. */
export interface Crypto {
  readonly sealer: Sealer;
  readonly tokens: SealedTokens;
  readonly srp: Srp;
  /** Checks passwords against hashes that other systems made. */
  readonly importedHashes: ImportedHashes;
  /** In place of AWS KMS, for what custom senders get encrypted. */
  readonly dataKeys: DataKeys;
  generateSigningKey(): Promise<StoredKey>;
  importSigningKey(key: StoredKey): SigningKey;
  /** See {@link selfSignedCertificate}. */
  selfSignedCertificate(key: SigningKey, subject: CertificateSubject): Promise<Uint8Array>;
  signJwt(key: SigningKey, claims: object): Promise<string>;
  /** A key for one purpose, the same at every start. */
  derivedKey(purpose: string): Buffer;
  /** Stops the worker threads. */
  close(): Promise<void>;
}

/**
 * @param masterKeys 32 bytes each; the first seals, all open
 * @param processes that share the cores
 */
export function createCrypto({
  random,
  masterKeys,
  processes,
}: {
  random: Random;
  masterKeys: readonly Uint8Array[];
  processes?: number | undefined;
}): Crypto {
  const threads = arithmeticThreads(availableParallelism(), processes);
  const exponentiation = createExponentiation(threads);
  const importedHashes = createImportedHashes(threads);
  const sealer = createSealer(masterKeys, random);
  // The oldest key, so that a rotation does not change the decoys of users who do not exist.
  const oldest = masterKeys.at(-1) ?? new Uint8Array();
  const tokens = createSealedTokens(sealer);
  return {
    sealer,
    tokens,
    dataKeys: createDataKeys(tokens, random),
    srp: createSrp(exponentiation, random, deriveKey(oldest, "decoys")),
    importedHashes,
    derivedKey: (purpose) => Buffer.from(deriveKey(oldest, purpose)),
    generateSigningKey: () => generateSigningKey(random),
    importSigningKey,
    selfSignedCertificate,
    signJwt,
    async close() {
      await Promise.all([exponentiation.close(), importedHashes.close()]);
    },
  };
}
