/**
 * The client's part of SRP in the browser, for users and for devices: the password is never sent.
 *
 * @see RFC 5054 §2.5 for SRP-6a; the derivation of the key and the signed message are those of Cognito's own clients
 */

/** The prime of RFC 3526 §5 (group 15, 3072 bits) and its generator. */
const N = BigInt(
  `0x${[
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD",
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED",
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F",
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B",
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510",
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7",
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C",
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
  ].join("")}`,
);
const g = 2n;

const encoder = new TextEncoder();
type Bytes = Uint8Array<ArrayBuffer>;

export interface SrpStart {
  readonly secretA: bigint;
  /** SRP_A of the request, in hex. */
  readonly publicA: string;
}

export function beginSrp(): SrpStart {
  const secretA = numberOf(crypto.getRandomValues(new Uint8Array(128))) % N;
  return { secretA, publicA: power(g, secretA).toString(16) };
}

/** The owner of a password, and the password. */
export interface SrpIdentity {
  /** {@link poolNameOf} for a user; the group key for a device. */
  readonly poolName: string;
  /** USER_ID_FOR_SRP for a user, which is never an alias; the key for a device. */
  readonly username: string;
  readonly password: string;
}

/** The part of a pool's id after the underscore. */
export const poolNameOf = (poolId: string) => poolId.slice(poolId.indexOf("_") + 1);

interface SrpChallenge extends SrpIdentity {
  /** Hex. */
  readonly salt: string;
  /** Hex. */
  readonly publicB: string;
  /** Base64. */
  readonly secretBlock: string;
  readonly timestamp: string;
}

/** The responses to PASSWORD_VERIFIER and DEVICE_PASSWORD_VERIFIER that prove the password. */
export async function passwordClaim(
  start: SrpStart,
  identity: SrpIdentity,
  { SALT = "", SRP_B = "", SECRET_BLOCK = "" }: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const timestamp = srpTimestamp(new Date());
  const challenge = { ...identity, salt: SALT, publicB: SRP_B, secretBlock: SECRET_BLOCK, timestamp };
  return {
    PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: await claimSignature(start, challenge),
    TIMESTAMP: timestamp,
  };
}

/** The proof of the password: PASSWORD_CLAIM_SIGNATURE, in base64. */
async function claimSignature(start: SrpStart, challenge: SrpChallenge): Promise<string> {
  const { poolName, username, secretBlock, timestamp } = challenge;
  const A = BigInt(`0x${start.publicA}`);
  const B = BigInt(`0x${challenge.publicB}`);
  if (B % N === 0n) throw new Error("The server sent an SRP_B that a client must refuse.");

  const x = await privateKey(challenge, BigInt(`0x${challenge.salt}`));
  const u = numberOf(await hash(join(pad(A), pad(B))));
  const k = numberOf(await hash(join(pad(N), pad(g))));
  const base = (((B - k * power(g, x)) % N) + N) % N;
  const S = power(base, start.secretA + u * x);

  const extracted = await hmac(pad(u), pad(S));
  const key = await hmac(extracted, join(encoder.encode("Caldera Derived Key"), new Uint8Array([1])));
  const message = join(
    encoder.encode(poolName + username),
    fromBase64(secretBlock),
    encoder.encode(timestamp),
  );
  return toBase64(await hmac(key.slice(0, 16), message));
}

/** RFC 5054 §2.4: x, by the salt and the password. */
async function privateKey({ poolName, username, password }: SrpIdentity, salt: bigint): Promise<bigint> {
  const identity = await hash(encoder.encode(`${poolName}${username}:${password}`));
  return numberOf(await hash(join(pad(salt), identity)));
}

/** The verifier of a new password and its salt, both in base64. */
export async function newVerifier(identity: SrpIdentity): Promise<{ salt: string; verifier: string }> {
  const salt = numberOf(crypto.getRandomValues(new Uint8Array(16)));
  const verifier = power(g, await privateKey(identity, salt));
  return { salt: toBase64(pad(salt)), verifier: toBase64(pad(verifier)) };
}

/** The time in a signed claim, such as `Tue Nov 3 04:05:06 UTC 2026`. */
function srpTimestamp(at: Date): string {
  const day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][at.getUTCDay()];
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const time = at.toISOString().slice(11, 19);
  return `${day} ${months[at.getUTCMonth()]} ${at.getUTCDate()} ${time} UTC ${at.getUTCFullYear()}`;
}

/** SECRET_HASH, which a client with a secret sends beside each user name. */
export async function secretHash(username: string, clientId: string, clientSecret: string): Promise<string> {
  return toBase64(await hmac(encoder.encode(clientSecret), encoder.encode(username + clientId)));
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}

/** A non-negative number as two's complement, big-endian: a zero byte first where the first bit is set. */
function pad(number: bigint): Bytes {
  const digits = number.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const hex = /^[89a-f]/.test(even) ? `00${even}` : even;
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`);
}

function join(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

async function hash(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}

function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
