/** Signing keys for the servers of a worker: to make an RSA key takes more processor time than to start a server. */
import { randomBytes } from "node:crypto";
import { generateSigningKey, type StoredKey } from "../../src/crypto/jwt.ts";
import { systemRandom } from "../../src/random.ts";

/** More than the tests of a file look at together. */
const KEYS = 16;

const made: Promise<StoredKey>[] = [];
let given = 0;

/** An RSA key under a new name: one that was just made, or one that was given long before. */
export async function nextSigningKey(): Promise<StoredKey> {
  const index = given++ % KEYS;
  made[index] ??= generateSigningKey(systemRandom);
  return { ...(await made[index]), kid: randomBytes(32).toString("base64") };
}
