import { createHash } from "node:crypto";
import { hmac } from "../hmac.ts";

/**
 * The arithmetic of SRP-6a as Cognito's clients do it: the 3072-bit group, SHA-256, and Java's `BigInteger.toByteArray()`
 * as the form in which numbers are hashed. Exponentiations are not here; see exponentiation.ts.
 *
 * @see RFC 5054 §2.5; RFC 3526 §4 (group 15); RFC 5869 (HKDF)
 */
const N_HEX =
  "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD" +
  "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED" +
  "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F" +
  "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B" +
  "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510" +
  "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7" +
  "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C" +
  "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

export const N = BigInt(`0x${N_HEX}`);
export const g = 2n;

/** The identity of a verifier: pool name and user name, or a device's group key and device key. */
export interface SrpIdentity {
  /** The part of the pool's id after the first `_`. */
  readonly poolName: string;
  /** The stored user name, never an alias. */
  readonly username: string;
}

/** A non-negative number as minimal big-endian two's complement. */
export function pad(number: bigint): Buffer {
  let hex = number.toString(16);
  if (hex.length % 2 === 1) hex = `0${hex}`;
  if (Number.parseInt(hex.slice(0, 2), 16) >= 0x80) hex = `00${hex}`;
  return Buffer.from(hex, "hex");
}

export function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

/** Parses hex; undefined when it is not hex or longer than a number of the group, which has 768 digits and two zeros as {@link pad} has it. */
export function parseHex(hex: string): bigint | undefined {
  return /^[0-9a-fA-F]{1,770}$/.test(hex) ? BigInt(`0x${hex}`) : undefined;
}

function hash(...parts: readonly Uint8Array[]): Buffer {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest();
}

export const k = toNumber(hash(pad(N), pad(g)));

/** x: the secret exponent derived from salt and password. The password is not normalised. */
export function privateExponent({ poolName, username }: SrpIdentity, salt: bigint, password: string): bigint {
  return toNumber(hash(pad(salt), hash(Buffer.from(`${poolName}${username}:${password}`, "utf8"))));
}

/** u: binds both public values. */
export function scrambler(publicA: bigint, publicB: bigint): bigint {
  return toNumber(hash(pad(publicA), pad(publicB)));
}

/** The 16 bytes that both sides compute when the password is right. */
export function sessionKey(sharedSecret: bigint, u: bigint): Buffer {
  const pseudorandomKey = hmac("sha256", pad(u)).update(pad(sharedSecret)).digest();
  return hmac("sha256", pseudorandomKey)
    .update("Caldera Derived Key\u0001", "latin1")
    .digest()
    .subarray(0, 16);
}

/** PASSWORD_CLAIM_SIGNATURE, decoded: the client's proof of its key. */
export function claimSignature(
  key: Uint8Array,
  { poolName, username }: SrpIdentity,
  secretBlock: Uint8Array,
  timestamp: string,
): Buffer {
  return hmac("sha256", key)
    .update(poolName, "utf8")
    .update(username, "utf8")
    .update(secretBlock)
    .update(timestamp, "utf8")
    .digest();
}
