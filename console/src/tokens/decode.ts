/** Decodes a token without verifying it. */

export type Claims = Readonly<Record<string, unknown>>;

export interface DecodedToken {
  readonly header: Claims;
  readonly payload: Claims;
  /** The three parts as they are encoded in the token. */
  readonly parts: readonly [header: string, payload: string, signature: string];
}

export type Decoding =
  | { readonly token: DecodedToken }
  | { readonly fault: "empty" | "parts" | "base64" | "json" | "encrypted" };

/** @see RFC 7519 §7.2 */
export function decodeToken(text: string): Decoding {
  const trimmed = text.trim().replace(/^Bearer\s+/i, "");
  if (trimmed === "") return { fault: "empty" };
  const [header = "", payload = "", signature = "", ...more] = trimmed.split(".");
  // Refresh tokens look like an encrypted JWT (RFC 7516 §7.1): only the server can read them.
  if (more.length === 2) return { fault: "encrypted" };
  if (more.length > 0 || trimmed.split(".").length !== 3) return { fault: "parts" };
  try {
    const texts = [header, payload].map(fromBase64Url);
    try {
      const [decodedHeader, decodedPayload] = texts.map((part) => JSON.parse(part) as Claims);
      if (!isObject(decodedHeader) || !isObject(decodedPayload)) return { fault: "json" };
      return {
        token: { header: decodedHeader, payload: decodedPayload, parts: [header, payload, signature] },
      };
    } catch {
      return { fault: "json" };
    }
  } catch {
    return { fault: "base64" };
  }
}

function isObject(value: unknown): value is Claims {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fromBase64Url(text: string): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(base64UrlBytes(text));
}

/** @throws DOMException `text` is not base64url */
export function base64UrlBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
