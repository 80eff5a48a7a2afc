import type { PasswordHashingAlgorithmType } from "../../api-model/index.ts";
import { type ImportedHash, isAffordable, parseImportedHash } from "../../crypto/index.ts";

/**
 * The bounds of the API, which are below those of `isAffordable`.
 *
 * @see Developer Guide, "Importing users into user pools from a CSV file", section "Importing users with password hashes"
 */
const isWithinBounds: Readonly<Record<PasswordHashingAlgorithmType, (hash: ImportedHash) => boolean>> = {
  BCRYPT: (hash) => hash.kind === "bcrypt" && hash.cost <= 12,
  SCRYPT: (hash) => hash.kind === "scrypt" && hash.N <= 65536 && hash.r <= 8 && hash.p === 1,
  ARGON2ID: (hash) =>
    hash.kind === "argon2" &&
    hash.variant === "argon2id" &&
    hash.memoryKibibytes <= 19456 &&
    hash.passes <= 2 &&
    hash.parallelism === 1,
  PBKDF2_SHA256: (hash) =>
    hash.kind === "pbkdf2" &&
    hash.digest === "sha256" &&
    hash.iterations <= 600_000 &&
    hash.salt.length === 16 &&
    hash.hash.length === 32,
};

/** Why a job of the algorithm refuses a hash; undefined when it takes it. The texts are ours. */
export function problemWithHash(algorithm: PasswordHashingAlgorithmType, text: string): string | undefined {
  const hash = parseImportedHash(text);
  if (hash === undefined) return "The password hash is malformed.";
  return isAffordable(hash) && isWithinBounds[algorithm](hash)
    ? undefined
    : `The password hash is not of the algorithm ${algorithm}, or its parameters are out of bounds.`;
}
