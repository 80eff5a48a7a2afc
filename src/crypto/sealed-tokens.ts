import { CannotOpen, HEADER_BYTES, NONCE_BYTES, type Sealer, TAG_BYTES } from "./sealing.ts";

/**
 * Opaque strings in the format of Cognito's that carry their content sealed. They open only for the purpose that they were
 * sealed for; anything else opens as undefined.
 */
export interface SealedTokens {
  /** In base64url, for any other purpose. */
  seal(purpose: string, value: object): string;
  open(purpose: string, text: string): unknown;
  /**
   * A `Session`: base64url, beginning `AYABe` as Cognito's do.
   *
   * @throws RangeError `value` is more than some 1,480 bytes of JSON
   */
  sealSession(value: object): string;
  openSession(text: string): unknown;
  /** A `SECRET_BLOCK`: base64, whose decoded bytes enter the client's signature. */
  sealSecretBlock(value: object): string;
  openSecretBlock(text: string): unknown;
  /** A refresh token: five parts, in the form of a compact JWE (RFC 7516 §7.1). */
  sealRefreshToken(value: object): string;
  openRefreshToken(text: string): unknown;
}

/** In base64url `AYABe`: how a message of the AWS Encryption SDK begins, which a real Session is. */
const SESSION_PREFIX = Buffer.from([0x01, 0x80, 0x01, 0x78]);

/** Maximum length of a Session in Cognito's API. */
const MAX_SESSION_CHARACTERS = 2048;

const REFRESH_HEADER = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString("base64url");

export function createSealedTokens(sealer: Sealer): SealedTokens {
  const sealBytes = (context: string, value: object) =>
    Buffer.from(sealer.seal(Buffer.from(JSON.stringify(value)), context));
  const openBytes = (context: string, sealed: Uint8Array | undefined): unknown => {
    if (sealed === undefined) return undefined;
    try {
      return JSON.parse(Buffer.from(sealer.open(sealed, context)).toString("utf8"));
    } catch (error) {
      if (error instanceof CannotOpen) return undefined;
      throw error;
    }
  };
  return {
    seal: (purpose, value) => sealBytes(`token for ${purpose}`, value).toString("base64url"),
    open: (purpose, text) => openBytes(`token for ${purpose}`, decode(text, "base64url")),

    sealSession(value) {
      const session = Buffer.concat([SESSION_PREFIX, sealBytes("Session", value)]).toString("base64url");
      if (session.length > MAX_SESSION_CHARACTERS)
        throw new RangeError("This is more than a Session can hold.");
      return session;
    },
    openSession(text) {
      const bytes = decode(text, "base64url");
      if (bytes?.subarray(0, SESSION_PREFIX.length).equals(SESSION_PREFIX) !== true) return undefined;
      return openBytes("Session", bytes.subarray(SESSION_PREFIX.length));
    },

    sealSecretBlock: (value) => sealBytes("SECRET_BLOCK", value).toString("base64"),
    openSecretBlock: (text) => openBytes("SECRET_BLOCK", decode(text, "base64")),

    sealRefreshToken: (value) => asRefreshToken(sealBytes("refresh token", value)),
    openRefreshToken(text) {
      const bytes = Buffer.concat(
        text
          .split(".", 6)
          .slice(1)
          .map((part) => Buffer.from(part, "base64url")),
      );
      return asRefreshToken(bytes) === text ? openBytes("refresh token", bytes) : undefined;
    },
  };
}

/** The parts of a JWE after its header: how to find the key, the nonce, the ciphertext, the tag. */
function asRefreshToken(bytes: Buffer): string {
  const [nonceStart, textStart, tagStart] = [
    HEADER_BYTES - NONCE_BYTES,
    HEADER_BYTES,
    bytes.length - TAG_BYTES,
  ];
  const parts = [
    bytes.subarray(0, nonceStart),
    bytes.subarray(nonceStart, textStart),
    bytes.subarray(textStart, tagStart),
    bytes.subarray(tagStart),
  ];
  return [REFRESH_HEADER, ...parts.map((part) => part.toString("base64url"))].join(".");
}

/**
 * Decodes `text`; undefined when it is not the canonical encoding of its bytes. Decoders are lenient, so several texts decode
 * to the same bytes, but only one was issued.
 */
function decode(text: string, encoding: "base64" | "base64url"): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}
