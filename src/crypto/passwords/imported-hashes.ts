/**
 * Hashes of passwords that other systems made, in text forms that name their algorithm and parameters:
 *
 *     $2b$10$<salt><hash>                                       bcrypt
 *     N$r$p$<hex salt>$<hex hash>                               scrypt
 *     $argon2id$v=19$m=<KiB>,t=<n>,p=<n>$<salt>$<hash>          also argon2i and argon2d
 *     $pbkdf2-sha256$<iterations>$<salt>$<hash>                 also -sha1 and -sha512; `.` may stand for `+`
 *     $firebase-scrypt$<rounds>,<log2 N>$<salt>$<separator>$<signer key>$<hash>
 */

export type ImportedHash =
  | { readonly kind: "bcrypt"; readonly cost: number; readonly text: string }
  | {
      readonly kind: "scrypt";
      readonly N: number;
      readonly r: number;
      readonly p: number;
      readonly salt: Buffer;
      readonly hash: Buffer;
    }
  | {
      readonly kind: "argon2";
      readonly variant: "argon2id" | "argon2i" | "argon2d";
      readonly memoryKibibytes: number;
      readonly passes: number;
      readonly parallelism: number;
      readonly salt: Buffer;
      readonly hash: Buffer;
    }
  | {
      readonly kind: "pbkdf2";
      readonly digest: "sha1" | "sha256" | "sha512";
      readonly iterations: number;
      readonly salt: Buffer;
      readonly hash: Buffer;
    }
  | {
      readonly kind: "firebase-scrypt";
      readonly rounds: number;
      readonly N: number;
      readonly salt: Buffer;
      readonly signerKey: Buffer;
      readonly hash: Buffer;
    };

/** @returns undefined for a text of no known form */
export function parseImportedHash(text: string): ImportedHash | undefined {
  return (
    parseBcrypt(text) ?? parseScrypt(text) ?? parseArgon2(text) ?? parsePbkdf2(text) ?? parseFirebase(text)
  );
}

/**
 * Whether a password can be checked against the hash at each sign-in: the algorithm takes these parameters, and needs at most about a
 * second and 128 MiB.
 */
export function isAffordable(hash: ImportedHash): boolean {
  switch (hash.kind) {
    case "bcrypt":
      return hash.cost >= 4 && hash.cost <= 14;
    case "scrypt":
      return isScryptCost(hash.N, hash.r) && hash.p >= 1 && hash.p <= 8;
    case "argon2":
      return (
        hash.memoryKibibytes <= 2 ** 17 &&
        hash.memoryKibibytes >= 8 * hash.parallelism &&
        hash.memoryKibibytes * hash.passes <= 2 ** 21 &&
        hash.parallelism >= 1 &&
        hash.parallelism <= 16 &&
        hash.passes >= 1 &&
        hash.salt.length >= 8 &&
        hash.hash.length >= 4
      );
    case "pbkdf2":
      return hash.iterations >= 1 && hash.iterations <= 2_000_000;
    case "firebase-scrypt":
      return isScryptCost(hash.N, hash.rounds);
  }
}

/** RFC 7914 §6: N is a power of 2, larger than 1 and less than 2^(128·r/8). It takes 128·N·r bytes of memory. */
function isScryptCost(N: number, r: number): boolean {
  const isPowerOfTwo = N > 1 && Number.isInteger(Math.log2(N));
  return isPowerOfTwo && r >= 1 && N < 2 ** (16 * r) && 128 * N * r <= 2 ** 27;
}

/** The longest hash that is kept; all in use are far below. */
const MAX_HASH_BYTES = 512;

const isSized = (...values: Buffer[]) => values.every(({ length }) => length > 0 && length <= MAX_HASH_BYTES);

function parseBcrypt(text: string): ImportedHash | undefined {
  const match = /^\$2[abxy]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(text);
  return match ? { kind: "bcrypt", cost: Number(match[1]), text } : undefined;
}

function parseScrypt(text: string): ImportedHash | undefined {
  const match = /^(\d{1,9})\$(\d{1,4})\$(\d{1,4})\$((?:[0-9a-f]{2})+)\$((?:[0-9a-f]{2})+)$/.exec(text);
  if (!match) return undefined;
  const [salt, hash] = [Buffer.from(match[4] ?? "", "hex"), Buffer.from(match[5] ?? "", "hex")];
  if (!isSized(salt, hash)) return undefined;
  return { kind: "scrypt", N: Number(match[1]), r: Number(match[2]), p: Number(match[3]), salt, hash };
}

const BASE64 = "[A-Za-z0-9+/.]+={0,2}";

const ARGON2 = new RegExp(
  `^\\$(argon2id|argon2i|argon2d)\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,4})\\$(${BASE64})\\$(${BASE64})$`,
);

function parseArgon2(text: string): ImportedHash | undefined {
  const match = ARGON2.exec(text);
  if (!match) return undefined;
  const [salt, hash] = [bytesOf(match[5]), bytesOf(match[6])];
  if (!isSized(salt, hash)) return undefined;
  return {
    kind: "argon2",
    variant: match[1] as "argon2id",
    memoryKibibytes: Number(match[2]),
    passes: Number(match[3]),
    parallelism: Number(match[4]),
    salt,
    hash,
  };
}

const PBKDF2 = new RegExp(`^\\$pbkdf2-(sha1|sha256|sha512)\\$(\\d{1,9})\\$(${BASE64})\\$(${BASE64})$`);

function parsePbkdf2(text: string): ImportedHash | undefined {
  const match = PBKDF2.exec(text);
  if (!match) return undefined;
  const [salt, hash] = [bytesOf(match[3]), bytesOf(match[4])];
  if (!isSized(salt, hash)) return undefined;
  return { kind: "pbkdf2", digest: match[1] as "sha1", iterations: Number(match[2]), salt, hash };
}

const FIREBASE = new RegExp(
  `^\\$firebase-scrypt\\$(\\d{1,2}),(\\d{1,2})\\$(${BASE64})\\$(${BASE64})?\\$(${BASE64})\\$(${BASE64})$`,
);

function parseFirebase(text: string): ImportedHash | undefined {
  const match = FIREBASE.exec(text);
  if (!match) return undefined;
  const salt = Buffer.concat([bytesOf(match[3]), bytesOf(match[4])]);
  const [signerKey, hash] = [bytesOf(match[5]), bytesOf(match[6])];
  if (!isSized(salt, signerKey, hash)) return undefined;
  return {
    kind: "firebase-scrypt",
    rounds: Number(match[1]),
    N: 2 ** Number(match[2]),
    salt,
    signerKey,
    hash,
  };
}

/** passlib writes `.` for `+`. */
function bytesOf(base64 = ""): Buffer {
  return Buffer.from(base64.replaceAll(".", "+"), "base64");
}
