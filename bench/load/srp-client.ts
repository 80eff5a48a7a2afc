/**
 * The client's side of SRP-6a, made as cheap as the protocol allows: it runs on the cores that the server is measured on.
 *
 * Values that a client may keep are kept: one a and A for all sign-ins, and k·g^x. The rest is one exponentiation for each
 * sign-in, (B − k·g^x)^(a + u·x), which the protocol requires; it is counted in the ceiling.
 *
 * @see RFC 5054 §2.6; RFC 5869. Written without the server's own arithmetic, which it therefore also checks.
 */
import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  getDiffieHellman,
  publicEncrypt,
} from "node:crypto";
import { SRP_EXPONENT, SRP_SALT_HEX } from "../subjects/population.ts";

const modulusBytes = getDiffieHellman("modp15").getPrime();
const N = toNumber(modulusBytes);
const k = toNumber(sha256(padded(N), padded(2n)));

/** 256 random bits once; they protect nothing here. */
const a = 0xd1a0f3b5c7e9081726354453627180f9e8d7c6b5a4938271605f4e3d2c1b0a99n;

export const publicA = power(2n, a).toString(16);

/** The verifier of every user who signs in by SRP: g^x mod N, big-endian. */
export const srpVerifier = padded(power(2n, SRP_EXPONENT));
const kTimesVerifier = (k * toNumber(srpVerifier)) % N;

export interface Challenge {
  readonly SALT: string;
  readonly SRP_B: string;
  readonly SECRET_BLOCK: string;
  readonly USER_ID_FOR_SRP: string;
}

/** What RespondToAuthChallenge is to be sent in answer to PASSWORD_VERIFIER. */
export function claim(poolId: string, challenge: Challenge): Record<string, string> {
  if (challenge.SALT !== SRP_SALT_HEX) throw new Error("The salt is not the one that was stored.");
  const B = BigInt(`0x${challenge.SRP_B}`);
  const u = toNumber(sha256(padded(BigInt(`0x${publicA}`)), padded(B)));
  const sharedSecret = power((((B - kTimesVerifier) % N) + N) % N, a + u * SRP_EXPONENT);

  const pseudorandomKey = createHmac("sha256", padded(u)).update(padded(sharedSecret)).digest();
  const key = createHmac("sha256", pseudorandomKey)
    .update("Caldera Derived Key\u0001")
    .digest()
    .subarray(0, 16);
  const timestamp = cognitoTimestamp(new Date());
  const signature = createHmac("sha256", key)
    .update(poolId.slice(poolId.indexOf("_") + 1))
    .update(challenge.USER_ID_FOR_SRP)
    .update(Buffer.from(challenge.SECRET_BLOCK, "base64"))
    .update(timestamp)
    .digest("base64");
  return {
    USERNAME: challenge.USER_ID_FOR_SRP,
    PASSWORD_CLAIM_SECRET_BLOCK: challenge.SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: signature,
    TIMESTAMP: timestamp,
  };
}

/** For example `Mon Nov 23 03:07:05 UTC 2026`. */
function cognitoTimestamp(time: Date): string {
  const [weekday = "", day = "", month = "", year = "", clock = ""] = time
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${weekday} ${month} ${Number(day)} ${clock} UTC ${year}`;
}

/** base^exponent mod N by OpenSSL: a raw RSA public operation, which is the fastest way that Node has. */
function power(base: bigint, exponent: bigint): bigint {
  const n = modulusBytes.toString("base64url");
  const e = toBytes(exponent).toString("base64url");
  const key = createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" });
  return toNumber(
    publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, toBytes(base, modulusBytes.length)),
  );
}

function toBytes(number: bigint, length = 1): Buffer {
  const hex = number.toString(16);
  return Buffer.from(hex.padStart(Math.max(2 * length, hex.length + (hex.length % 2)), "0"), "hex");
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex")}`);
}

/** As Java's `BigInteger.toByteArray()` writes a number that is not negative. */
function padded(number: bigint): Buffer {
  const bytes = toBytes(number);
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

function sha256(...parts: readonly Buffer[]): Buffer {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest();
}
