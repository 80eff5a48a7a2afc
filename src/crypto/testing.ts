/** The client's side of SRP-6a, for tests of what comes of a right claim. Clients' own libraries are tested in `test/`. */
import {
  claimSignature,
  g,
  k,
  N,
  pad,
  privateExponent,
  type SrpIdentity,
  scrambler,
  sessionKey,
  toNumber,
} from "./srp/srp-numbers.ts";

/** The form in which clients send the time. */
export const TIMESTAMP = "Thu Jan 1 00:00:00 UTC 2026";
const SALT = toNumber(Buffer.alloc(16, 7));
/** The client's secret number. It is odd, because an even power would hide a wrong sign. */
const a = toNumber(Buffer.alloc(32, 0x5b));
const publicA = powerBySquaring(g, a);

/** base^exponent in the group, by square-and-multiply. @param base may be negative */
export function powerBySquaring(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, ((base % N) + N) % N];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}

export interface SrpClient {
  readonly salt: Buffer;
  readonly verifier: Buffer;
  /** Hex. */
  readonly publicA: string;
  /** The responses that prove the password, in answer to a challenge with these parameters. */
  claim(parameters: Readonly<Record<string, string>>, timestamp?: string): Record<string, string>;
}

/** A client with a password, and the verifier for it. */
export function srpClient(identity: SrpIdentity, password: string): SrpClient {
  const verifier = powerBySquaring(g, privateExponent(identity, SALT, password));
  return {
    salt: pad(SALT),
    verifier: pad(verifier),
    publicA: publicA.toString(16),
    claim({ SALT: salt = "", SRP_B = "", SECRET_BLOCK = "" }, timestamp = TIMESTAMP) {
      const publicB = BigInt(`0x${SRP_B}`);
      const u = scrambler(publicA, publicB);
      const exponent = privateExponent(identity, BigInt(`0x${salt}`), password);
      const base = publicB - k * powerBySquaring(g, exponent);
      const key = sessionKey(powerBySquaring(base, a + u * exponent), u);
      const signature = claimSignature(key, identity, Buffer.from(SECRET_BLOCK, "base64"), timestamp);
      return {
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: signature.toString("base64"),
        TIMESTAMP: timestamp,
      };
    },
  };
}
