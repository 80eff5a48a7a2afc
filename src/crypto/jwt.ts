import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { promisify } from "node:util";
import { parseJsonObject } from "../json.ts";
import type { Random } from "../random.ts";

/** A pool's RS256 key, ready for use. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** As the pool's JWKS lists it, members in Cognito's order. */
  readonly jwk: PublicJwk;
  /** The header of the tokens that it signs, in base64url. */
  readonly jwsHeader: string;
}

/** @see RFC 7517 §4; RFC 7518 §6.3.1 */
export interface PublicJwk {
  readonly alg: "RS256";
  readonly e: string;
  readonly kid: string;
  readonly kty: "RSA";
  readonly n: string;
  readonly use: "sig";
}

/** A signing key as it is stored. */
export interface StoredKey {
  /** Base64 of 32 bytes, as Cognito names keys. */
  readonly kid: string;
  /** PKCS#8 DER. */
  readonly privateKey: Uint8Array;
}

const generate = promisify(generateKeyPair);

/** Makes an RSA-2048 key off the main thread; it takes a tenth of a second or more. */
export async function generateSigningKey(random: Random): Promise<StoredKey> {
  const { privateKey } = await generate("rsa", { modulusLength: 2048 });
  return {
    kid: Buffer.from(random.bytes(32)).toString("base64"),
    privateKey: privateKey.export({ type: "pkcs8", format: "der" }),
  };
}

export function importSigningKey({ kid, privateKey: der }: StoredKey): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey);
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  return {
    kid,
    privateKey,
    publicKey,
    jwk: { alg: "RS256", e, kid, kty: "RSA", n, use: "sig" },
    jwsHeader: base64Url(JSON.stringify({ kid, alg: "RS256" })),
  };
}

/**
 * A JWS in compact form with the header that Cognito writes: `kid` and `alg`, nothing else.
 *
 * The signature is made on libuv's threads, so that signatures of several requests run side by side.
 *
 * @see RFC 7515 §7.1
 */
export function signJwt({ privateKey, jwsHeader }: SigningKey, claims: object): Promise<string> {
  const input = `${jwsHeader}.${base64Url(JSON.stringify(claims))}`;
  return new Promise((resolve, reject) => {
    sign("sha256", Buffer.from(input, "ascii"), privateKey, (error, signature) => {
      if (error) reject(error);
      else resolve(`${input}.${signature.toString("base64url")}`);
    });
  });
}

export type JwtClaims = Readonly<Record<string, unknown>>;

/** The token has a wrong form, or its signature was not made with the key that it names. */
type JwtFault = "malformed" | "unverified";

type JwtVerdict = { readonly claims: JwtClaims; readonly kid: string } | { readonly fault: JwtFault };

/** Longer tokens are rejected unread. A token with a hundred groups with long names has some 20,000 characters. */
const MAX_JWT_CHARACTERS = 65_536;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Verifies a compact JWS strictly: RS256 alone, whatever its header says, by a key that `keyOf` returns. The caller
 * checks the claims. A verification takes some 20 µs, too little to send it to another thread.
 *
 * @see RFC 7515 §5.2; RFC 8725 §3.1
 */
export function verifyJwt(token: string, keyOf: (kid: string) => KeyObject | undefined): JwtVerdict {
  const read = readJwt(token);
  if (read === undefined) return { fault: "malformed" };
  const { alg, kid } = read.header;
  if (alg !== "RS256" || typeof kid !== "string") return { fault: "unverified" };
  const key = keyOf(kid);
  if (key === undefined) return { fault: "unverified" };
  const lastDot = token.lastIndexOf(".");
  const signature = Buffer.from(token.slice(lastDot + 1), "base64url");
  if (base64Url(signature) !== token.slice(lastDot + 1)) return { fault: "unverified" };
  const isGenuine = verify("sha256", Buffer.from(token.slice(0, lastDot), "ascii"), key, signature);
  return isGenuine ? { claims: read.claims, kid } : { fault: "unverified" };
}

/** The claims of a token that is not verified yet, to find out with which keys to verify it. */
export function readJwt(token: string): { header: JwtClaims; claims: JwtClaims } | undefined {
  if (token.length > MAX_JWT_CHARACTERS || !JWT.test(token)) return undefined;
  const [header, claims] = token.split(".", 2).map(readPart);
  return header === undefined || claims === undefined ? undefined : { header, claims };
}

function readPart(part: string): JwtClaims | undefined {
  return parseJsonObject(Buffer.from(part, "base64url").toString("utf8"));
}

function base64Url(content: string | Buffer): string {
  return (typeof content === "string" ? Buffer.from(content, "utf8") : content).toString("base64url");
}
