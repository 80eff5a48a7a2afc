import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { LRUCache } from "lru-cache";

/** Keys of busy principals, days, regions and services that a server sees at the same time, with room to spare. */
const CACHED_KEYS = 2000;

/** Callers choose key ids, which can be as long as a header: their names together take this many characters at most. */
const MAX_NAME_CHARACTERS = 256 * CACHED_KEYS;

interface DerivedKey {
  readonly secret: string;
  /** As a key object: HMAC under one takes a seventh of the time that it takes under bytes (1.5 µs for 10 µs on Node 24). */
  readonly key: KeyObject;
}

/**
 * Derives signing keys and caches the newest. A key depends only on the secret, day, region and service, so a client's
 * requests share one for a day.
 */
export class SigningKeys {
  readonly #derived = new LRUCache<string, DerivedKey>({
    max: CACHED_KEYS,
    maxSize: MAX_NAME_CHARACTERS,
    maxEntrySize: 1024,
    sizeCalculation: (_key, name) => name.length,
  });

  /**
   * The signing key of an access key for a day, region and service.
   *
   * @see IAM User Guide, "Create a signed AWS API request", step 4
   */
  get(keyId: string, secret: string, day: string, region: string, service: string): KeyObject {
    const name = `${keyId}/${day}/${region}/${service}`;
    const known = this.#derived.get(name);
    // A key id can come back with another secret: after a reset of the store, or sealed into a forged-looking session.
    if (known?.secret === secret) return known.key;
    let bytes = Buffer.from(`AWS4${secret}`);
    for (const part of [day, region, service, "aws4_request"]) {
      bytes = createHmac("sha256", bytes).update(part).digest();
    }
    const key = createSecretKey(bytes);
    this.#derived.set(name, { secret, key });
    return key;
  }
}
