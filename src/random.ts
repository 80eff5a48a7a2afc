import { createHmac, randomBytes, randomUUID } from "node:crypto";

/**
 * The one source of randomness. The composition root makes it and hands it down.
 */
export interface Random {
  /** `length` random bytes, fit for keys. */
  bytes(length: number): Uint8Array;
  /** A version 4 UUID in lower case. */
  uuid(): string;
}

/** The operating system's generator. */
export const systemRandom: Random = { bytes: (length) => randomBytes(length), uuid: () => randomUUID() };

/** The same bytes for the same seed, for tests alone. */
export function seededRandom(seed: string): Random {
  let counter = 0;
  const bytes = (length: number): Uint8Array => {
    const blocks: Buffer[] = [];
    for (let have = 0; have < length; have += 32) {
      blocks.push(createHmac("sha256", seed).update(String(counter++)).digest());
    }
    return Buffer.concat(blocks).subarray(0, length);
  };
  return {
    bytes,
    uuid() {
      const raw = Buffer.from(bytes(16));
      raw[6] = ((raw[6] ?? 0) & 0x0f) | 0x40;
      raw[8] = ((raw[8] ?? 0) & 0x3f) | 0x80;
      const hex = raw.toString("hex");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
  };
}
