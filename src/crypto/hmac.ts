import { createHmac, createSecretKey, type Hmac, KeyObject } from "node:crypto";

/** An HMAC by a key, which may be imported already. Node 24 takes four times as long to import the bytes of one itself. */
export function hmac(algorithm: "sha1" | "sha256", key: Uint8Array | string | KeyObject): Hmac {
  return createHmac(algorithm, key instanceof KeyObject ? key : hmacKey(key));
}

export function hmacKey(key: Uint8Array | string): KeyObject {
  return createSecretKey(typeof key === "string" ? Buffer.from(key, "utf8") : key);
}
