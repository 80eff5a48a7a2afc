/** Signing keys for the servers of a worker: to make an RSA key takes more processor time than to start a server. */
import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";

interface SigningKey {
  readonly kid: string;
  /** PKCS#8 DER. */
  readonly privateKey: Uint8Array;
}

/** More than the tests of a file look at together. */
const KEYS = 16;

const made: Promise<Uint8Array>[] = [];
let given = 0;

/** An RSA key under a new name: one that was just made, or one that was given long before. */
export async function nextSigningKey(): Promise<SigningKey> {
  const index = given++ % KEYS;
  made[index] ??= makeKey();
  return { kid: randomBytes(32).toString("base64"), privateKey: await made[index] };
}

async function makeKey(): Promise<Uint8Array> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "der" });
}
