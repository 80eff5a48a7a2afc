export const MASTER_KEY_BYTES = 32;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** The bytes of a master key in base64; undefined for a text that is not {@link MASTER_KEY_BYTES} bytes in base64. */
export function decodeMasterKey(encoded: string): Uint8Array | undefined {
  const key = Buffer.from(encoded, "base64");
  return key.length === MASTER_KEY_BYTES && BASE64.test(encoded) ? key : undefined;
}

/** The keys of a text with commas between them. */
export function splitMasterKeys(text: string): string[] {
  return text.split(",").map((part) => part.trim());
}
