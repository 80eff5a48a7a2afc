/**
 * Second factors and passkeys of the measured users, made as cheap as the protocols allow: the load generator runs on the cores
 * that the server is measured on.
 *
 * @see RFC 6238; Web Authentication §6.1 (authenticator data), §7.2
 */
import { createHash, createHmac, createPrivateKey, createPublicKey, sign } from "node:crypto";

/** The secret of every user's authenticator app. */
const TOTP_SECRET = Buffer.from("an authenticator app of a bench.");
export const totpSecretBase32 = base32(TOTP_SECRET);
export const TOTP_STEP_MILLISECONDS = 30_000;

/** Of the last time step that was asked for. */
let last = { step: Number.NaN, code: "" };

/** The code of a time step, with six digits. */
export function totpCode(step: number): string {
  if (step !== last.step) last = { step, code: newCode(step) };
  return last.code;
}

function newCode(step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", TOTP_SECRET).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

export const RELYING_PARTY = "localhost";

/** One ES256 key for all passkeys, the example of RFC 7517 A.2; it protects nothing here. */
const KEY = createPrivateKey({
  format: "jwk",
  key: {
    kty: "EC",
    crv: "P-256",
    d: "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",
    x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
  },
});

/** The key in COSE form (RFC 9053 §2.1), as it is stored: a map of five. */
export function passkeyPublicKey(): Uint8Array {
  const { x = "", y = "" } = createPublicKey(KEY).export({ format: "jwk" });
  const bytes = (text: string) => Buffer.concat([Buffer.of(0x58, 32), Buffer.from(text, "base64url")]);
  return Buffer.concat([
    Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21),
    bytes(x),
    Buffer.of(0x22),
    bytes(y),
  ]);
}

export const credentialIdOf = (username: string) => base64url(Buffer.from(`passkey of ${username}`));

const USER_PRESENT_AND_VERIFIED = 0x05;
/** Relying party, flags, and the counter of an authenticator that has none. */
const authenticatorData = Buffer.concat([
  createHash("sha256").update(RELYING_PARTY).digest(),
  Buffer.of(USER_PRESENT_AND_VERIFIED, 0, 0, 0, 0),
]);

/** The CREDENTIAL with which a user's passkey answers a challenge. */
export function assertion(username: string, challenge: string): string {
  const client = Buffer.from(
    JSON.stringify({ type: "webauthn.get", challenge, origin: `https://${RELYING_PARTY}` }),
  );
  const signed = Buffer.concat([authenticatorData, createHash("sha256").update(client).digest()]);
  const id = credentialIdOf(username);
  return JSON.stringify({
    id,
    rawId: id,
    type: "public-key",
    clientExtensionResults: {},
    response: {
      clientDataJSON: base64url(client),
      authenticatorData: base64url(authenticatorData),
      signature: base64url(sign("sha256", signed, KEY)),
    },
  });
}

function base64url(bytes: Buffer): string {
  return bytes.toString("base64url");
}

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const digits = bits.match(/.{1,5}/g) ?? [];
  return digits
    .map((digit) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(digit.padEnd(5, "0"), 2)])
    .join("");
}
