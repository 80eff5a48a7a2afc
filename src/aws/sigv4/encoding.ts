const NEEDS_ENCODING = /[^A-Za-z0-9\-_.~]/;
const ESCAPES: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return NEEDS_ENCODING.test(character) ? `%${byte.toString(16).toUpperCase().padStart(2, "0")}` : character;
});

/** Percent-encodes every byte of a Latin-1 string but the unreserved `A–Z a–z 0–9 - _ . ~` (RFC 3986 §2.3). */
export function uriEncode(bytes: string): string {
  if (!NEEDS_ENCODING.test(bytes)) return bytes;
  let encoded = "";
  for (let i = 0; i < bytes.length; i++) encoded += ESCAPES[bytes.charCodeAt(i) & 0xff];
  return encoded;
}

/**
 * Decodes a component of a query string to bytes (a Latin-1 string): `+` is a space, as in forms, and a `%` that starts no
 * escape stands for itself.
 */
function decodeComponent(raw: string): string {
  if (!raw.includes("%") && !raw.includes("+")) return raw;
  return raw
    .replaceAll("+", " ")
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The name and value pairs of a raw query string, decoded to bytes (Latin-1 strings), in the order of the wire. */
export function queryPairs(rawQuery: string): [name: string, value: string][] {
  if (rawQuery === "") return [];
  const pairs: [string, string][] = [];
  for (const pair of rawQuery.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    pairs.push(
      equals === -1
        ? [decodeComponent(pair), ""]
        : [decodeComponent(pair.slice(0, equals)), decodeComponent(pair.slice(equals + 1))],
    );
  }
  return pairs;
}
