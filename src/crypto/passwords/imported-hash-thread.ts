/** The program of a worker thread that checks passwords against imported hashes, one at a time. */
import { argon2Sync, createCipheriv, pbkdf2Sync, scryptSync, timingSafeEqual } from "node:crypto";
import { parentPort } from "node:worker_threads";
import { bcryptVerify } from "hash-wasm";
import type { ThreadAnswer } from "../../thread.ts";
import { type ImportedHash, isAffordable, parseImportedHash } from "./imported-hashes.ts";

export interface HashCheck {
  readonly password: string;
  readonly hash: string;
}

/** bcrypt reads no more of a password. */
const BCRYPT_BYTES = 72;

parentPort?.on("message", async ({ id, password, hash: text }: HashCheck & { readonly id: number }) => {
  try {
    const hash = parseImportedHash(text);
    const result =
      hash !== undefined && isAffordable(hash) && (await isPasswordOf(hash, Buffer.from(password)));
    parentPort?.postMessage({ id, result } satisfies ThreadAnswer<boolean>);
  } catch (error) {
    parentPort?.postMessage({ id, failure: String(error) } satisfies ThreadAnswer<boolean>);
  }
});

async function isPasswordOf(hash: ImportedHash, password: Buffer): Promise<boolean> {
  if (hash.kind === "bcrypt") {
    return bcryptVerify({
      password: password.subarray(0, BCRYPT_BYTES),
      hash: hash.text.replace(/^\$2[xy]/, "$2b"),
    });
  }
  return timingSafeEqual(computedAs(hash, password), hash.hash);
}

function computedAs(hash: Exclude<ImportedHash, { kind: "bcrypt" }>, password: Buffer): Buffer {
  const { salt } = hash;
  const { length } = hash.hash;
  switch (hash.kind) {
    case "scrypt": {
      const { N, r, p } = hash;
      return scryptSync(password, salt, length, { N, r, p, maxmem: 256 * N * r * p });
    }
    case "argon2":
      return argon2Sync(hash.variant, {
        message: password,
        nonce: salt,
        parallelism: hash.parallelism,
        tagLength: length,
        memory: hash.memoryKibibytes,
        passes: hash.passes,
      });
    case "pbkdf2":
      return pbkdf2Sync(password, salt, hash.iterations, length, hash.digest);
    case "firebase-scrypt": {
      // The hash is the project's signer key, encrypted under what scrypt makes of the password.
      const { N, rounds, signerKey } = hash;
      const key = scryptSync(password, salt, 32, { N, r: rounds, p: 1, maxmem: 256 * N * rounds });
      const cipher = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
      const sealed = Buffer.concat([cipher.update(signerKey), cipher.final()]);
      return sealed.length === length ? sealed : Buffer.alloc(length);
    }
  }
}
