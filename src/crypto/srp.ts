import { createHmac, timingSafeEqual } from "node:crypto";
import type { Random } from "../random.ts";
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

/** The server's first message: `publicB` goes to the client, `secretB` stays here. Lower-case hex. */
export interface SrpOffer {
  readonly secretB: string;
  readonly publicB: string;
}

export interface SrpClaim {
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
/** RFC 5054 §2.5.4 asks for 256 bits at least. */
const SECRET_B_BYTES = 32;

/** The server's side of SRP-6a; see {@link SrpIdentity} for its variant for devices. */
export interface Srp {
  makeVerifier(identity: SrpIdentity, password: string): Promise<SrpVerifier>;
  /** Whether the verifier belongs to this password; computes it again. */
  matches(identity: SrpIdentity, password: string, kept: SrpVerifier): Promise<boolean>;
  offer(verifier: Uint8Array): Promise<SrpOffer>;
  /** Whether the client's claim proves that it knows the password. */
  checkClaim(claim: SrpClaim): Promise<boolean>;
  /** Whether `SRP_A` is allowed: A mod N ≠ 0 (RFC 5054 §2.5.4). */
  isUsablePublicA(publicA: string): boolean;
  /** A verifier that no password matches, the same for the same seed: for users who do not exist (RFC 5054 §2.5.1.3). */
  decoy(seed: string): SrpVerifier;
}

export function createSrp(exponentiation: Exponentiation, random: Random, decoyKey: Uint8Array): Srp {
  const { power } = exponentiation;
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
      const shared = await power((A * (await power(toNumber(verifier), u))) % N, b);
      const expected = claimSignature(sessionKey(shared, u), identity, secretBlock, timestamp);
      const given = Buffer.from(signature, "base64");
      return given.length === expected.length && timingSafeEqual(given, expected);
    },

    isUsablePublicA(publicA) {
      const A = parseHex(publicA);
      return A !== undefined && A % N !== 0n;
    },

    decoy(seed) {
      const stretch = (label: string, blocks: number) =>
        Buffer.concat(
          Array.from({ length: blocks }, (_, index) =>
            createHmac("sha256", decoyKey).update(`${label}\0${index}\0${seed}`).digest(),
          ),
        );
      const salt = toNumber(stretch("salt", 1).subarray(0, SALT_BYTES));
      return { saltHex: salt.toString(16), verifier: pad(toNumber(stretch("verifier", 12)) % N) };
    },
  };
}
