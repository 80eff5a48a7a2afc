import { CannotOpen, type Sealer } from "./sealing.ts";

/**
 * Opaque strings that carry what they stand for, sealed, in the looks of Cognito's. They open only as what they were sealed
 * as; anything else opens as undefined.
 */
export interface SealedTokens {
  /** base64url. */
  seal(purpose: string, value: object): string;
  open(purpose: string, text: string): unknown;
  /** A `Session`: base64url, beginning `AYABe` as Cognito's do. */
  sealSession(value: object): string;
  openSession(text: string): unknown;
  /** A `SECRET_BLOCK`: base64, whose decoded bytes enter the client's signature. */
  sealSecretBlock(value: object): string;
  openSecretBlock(text: string): unknown;
  /** A refresh token: five parts, by its look a JWE in compact form (RFC 7516 §7.1). */
  sealRefreshToken(value: object): string;
  openRefreshToken(text: string): unknown;
}

/** In base64url `AYABe`: how a message of the AWS Encryption SDK begins, which a real Session is. */
const SESSION_PREFIX = Buffer.from([0x01, 0x80, 0x01, 0x78]);

const REFRESH_HEADER = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString("base64url");
const REFRESH_PART_BYTES = [37, 12] as const;

const BASE64URL = /^[\w-]+$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export function createSealedTokens(sealer: Sealer): SealedTokens {
  const sealBytes = (purpose: string, value: object) =>
    Buffer.from(sealer.seal(Buffer.from(JSON.stringify(value)), `token ${purpose}`));
  const openBytes = (purpose: string, sealed: Uint8Array): unknown => {
    try {
      return JSON.parse(Buffer.from(sealer.open(sealed, `token ${purpose}`)).toString("utf8"));
    } catch (error) {
      if (error instanceof CannotOpen) return undefined;
      throw error;
    }
  };
  return {
    seal: (purpose, value) => sealBytes(purpose, value).toString("base64url"),
    open: (purpose, text) =>
      BASE64URL.test(text) ? openBytes(purpose, Buffer.from(text, "base64url")) : undefined,

    sealSession: (value) =>
      Buffer.concat([SESSION_PREFIX, sealBytes("Session", value)]).toString("base64url"),
    openSession(text) {
      if (!BASE64URL.test(text)) return undefined;
      const bytes = Buffer.from(text, "base64url");
      const isOurs =
        bytes.subarray(0, SESSION_PREFIX.length).equals(SESSION_PREFIX) && isCanonical(bytes, text);
      return isOurs ? openBytes("Session", bytes.subarray(SESSION_PREFIX.length)) : undefined;
    },

    sealSecretBlock: (value) => sealBytes("SECRET_BLOCK", value).toString("base64"),
    openSecretBlock: (text) =>
      BASE64.test(text) ? openBytes("SECRET_BLOCK", Buffer.from(text, "base64")) : undefined,

    sealRefreshToken(value) {
      const bytes = sealBytes("refresh token", value);
      const [first, second] = REFRESH_PART_BYTES;
      const parts = [
        bytes.subarray(0, first),
        bytes.subarray(first, first + second),
        bytes.subarray(first + second, -16),
        bytes.subarray(-16),
      ];
      return [REFRESH_HEADER, ...parts.map((part) => part.toString("base64url"))].join(".");
    },
    openRefreshToken(text) {
      const [header, ...parts] = text.split(".");
      if (header !== REFRESH_HEADER || parts.length !== 4 || !parts.every((part) => BASE64URL.test(part)))
        return undefined;
      const decoded = parts.map((part) => Buffer.from(part, "base64url"));
      if (!decoded.every((bytes, index) => isCanonical(bytes, parts[index] ?? ""))) return undefined;
      return openBytes("refresh token", Buffer.concat(decoded));
    },
  };
}

/** Base64url has several spellings of the same bytes when bits are left over; only one of them was given out. */
function isCanonical(bytes: Buffer, text: string): boolean {
  return bytes.toString("base64url") === text;
}
