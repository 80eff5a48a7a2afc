import { createHash, createSecretKey, hkdfSync, timingSafeEqual } from "node:crypto";
import type { Random } from "../../random.ts";
import type { Exponentiation } from "./exponentiation.ts";
import {
  claimSignature,
  g,
  k,
  N,
  pad,
  parseHex,
  privateExponent,
  type SrpIdentity,
  scrambler,
  sessionKey,
  toNumber,
} from "./srp-numbers.ts";

/** The stored form of a password: it verifies the password and cannot be used to sign in. */
export interface SrpVerifier {
  /** Lower-case hex without leading zeros, as `SALT` is sent. */
  readonly saltHex: string;
  /** g^x mod N, big-endian. */
  readonly verifier: Uint8Array;
}

export interface SrpDecoy extends SrpVerifier {
  /** 16 bytes for the id of a user who does not exist. */
  readonly idBytes: Uint8Array;
}

/** The server's first message: `publicB` goes to the client, `secretB` stays here. Lower-case hex. */
interface SrpOffer {
  readonly secretB: string;
  readonly publicB: string;
}

interface SrpClaim {
  readonly identity: SrpIdentity;
  readonly verifier: Uint8Array;
  /** `SRP_A` as the client sent it. */
  readonly publicA: string;
  readonly secretB: string;
  readonly publicB: string;
  /** SECRET_BLOCK, decoded. */
  readonly secretBlock: Uint8Array;
  readonly timestamp: string;
  /** PASSWORD_CLAIM_SIGNATURE in base64. */
  readonly signature: string;
}

const SALT_BYTES = 16;
const DECOY_ID_BYTES = 16;
const VERIFIER_BYTES = 384;
/** RFC 5054 §2.5.4 asks for 256 bits at least. */
const SECRET_B_BYTES = 32;

/** The server's side of SRP-6a; see {@link SrpIdentity} for its variant for devices. */
export interface Srp {
  makeVerifier(identity: SrpIdentity, password: string): Promise<SrpVerifier>;
  /** Whether the verifier belongs to this password; computes it again. */
  matches(identity: SrpIdentity, password: string, kept: SrpVerifier): Promise<boolean>;
  offer(verifier: Uint8Array): Promise<SrpOffer>;
  /** Whether the client's claim proves the password. */
  checkClaim(claim: SrpClaim): Promise<boolean>;
  /** Whether `SRP_A` is a number at all. Whether A mod N ≠ 0 (RFC 5054 §2.5.4) is checked with the claim. */
  isHexNumber(publicA: string): boolean;
  /**
   * A verifier that no password matches, the same for the same seed: for users who do not exist (RFC 5054 §2.5.1.3). It
   * costs no more than to open a stored verifier.
   */
  decoy(seed: string): SrpDecoy;
}

export function createSrp(exponentiation: Exponentiation, random: Random, decoyKey: Uint8Array): Srp {
  const { power, powerOfProduct } = exponentiation;
  const decoySecret = createSecretKey(decoyKey);
  const verifierOf = async (identity: SrpIdentity, salt: bigint, password: string) =>
    pad(await power(g, privateExponent(identity, salt, password)));

  return {
    async makeVerifier(identity, password) {
      const salt = toNumber(random.bytes(SALT_BYTES));
      return { saltHex: salt.toString(16), verifier: await verifierOf(identity, salt, password) };
    },

    async matches(identity, password, { saltHex, verifier }) {
      const made = await verifierOf(identity, parseHex(saltHex) ?? 0n, password);
      return made.length === verifier.length && timingSafeEqual(made, verifier);
    },

    async offer(verifier) {
      const secretB = toNumber(random.bytes(SECRET_B_BYTES));
      const publicB = (k * toNumber(verifier) + (await power(g, secretB))) % N;
      return { secretB: secretB.toString(16), publicB: publicB.toString(16) };
    },

    async checkClaim({ identity, verifier, publicA, secretB, publicB, secretBlock, timestamp, signature }) {
      const [A, b, B] = [parseHex(publicA), parseHex(secretB), parseHex(publicB)];
      if (A === undefined || b === undefined || B === undefined || A % N === 0n) return false;
      const u = scrambler(A, B);
      if (u === 0n) return false;
      const shared = await powerOfProduct(A, toNumber(verifier), u, b);
      const expected = claimSignature(sessionKey(shared, u), identity, secretBlock, timestamp);
      const given = Buffer.from(signature, "base64");
      return given.length === expected.length && timingSafeEqual(given, expected);
    },

    isHexNumber: (publicA) => parseHex(publicA) !== undefined,

    decoy(seed) {
      const length = SALT_BYTES + DECOY_ID_BYTES + VERIFIER_BYTES;
      const bytes = Buffer.from(hkdfSync("sha256", decoySecret, "", seedDigest(seed), length));
      const salt = toNumber(bytes.subarray(0, SALT_BYTES));
      const verifier = bytes.subarray(SALT_BYTES + DECOY_ID_BYTES);
      // The group's prime begins with 64 one bits, so that this one bit less keeps the number below it.
      verifier[0] = (verifier[0] ?? 0) & 0x7f;
      return {
        saltHex: salt.toString(16),
        verifier,
        idBytes: bytes.subarray(SALT_BYTES, SALT_BYTES + DECOY_ID_BYTES),
      };
    },
  };
}

/** HKDF takes an info of at most 1,024 bytes; a name can be longer. */
function seedDigest(seed: string): Buffer {
  return createHash("sha256").update(seed).digest();
}
