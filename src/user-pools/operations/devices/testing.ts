/**
 * A device in software, for tests: it makes a verifier for itself and proves by SRP-6a that it knows the password to it. What
 * clients make of the protocol is tested in `test/`, with their libraries.
 */
import {
  claimSignature,
  g,
  k,
  N,
  pad,
  privateExponent,
  scrambler,
  sessionKey,
  toNumber,
} from "../../../crypto/srp-numbers.ts";

const TIMESTAMP = "Thu Jan 1 00:00:00 UTC 2026";
const PASSWORD = "password of the device";
const SALT = toNumber(Buffer.alloc(16, 7));
/** The client's secret number, any will do. */
const a = toNumber(Buffer.alloc(32, 0x5a));

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, ((base % N) + N) % N];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}

export interface SoftwareDevice {
  readonly key: string;
  /** The DeviceSecretVerifierConfig of ConfirmDevice. */
  readonly verifier: { readonly Salt: string; readonly PasswordVerifier: string };
  /** What DEVICE_SRP_AUTH is answered with. */
  readonly begin: { readonly DEVICE_KEY: string; readonly SRP_A: string };
  /** What DEVICE_PASSWORD_VERIFIER is answered with. */
  claim(parameters: Readonly<Record<string, string>> | undefined): Record<string, string>;
}

/** The device of a `NewDeviceMetadata`. */
export function softwareDevice(metadata: {
  readonly DeviceKey?: string | undefined;
  readonly DeviceGroupKey?: string | undefined;
}): SoftwareDevice {
  const { DeviceKey: key = "", DeviceGroupKey: poolName = "" } = metadata;
  const identity = { poolName, username: key };
  const x = privateExponent(identity, SALT, PASSWORD);
  const publicA = power(g, a);
  return {
    key,
    verifier: {
      Salt: pad(SALT).toString("base64"),
      PasswordVerifier: pad(power(g, x)).toString("base64"),
    },
    begin: { DEVICE_KEY: key, SRP_A: publicA.toString(16) },
    claim({ SRP_B = "", SECRET_BLOCK = "" } = {}) {
      const publicB = BigInt(`0x${SRP_B}`);
      const u = scrambler(publicA, publicB);
      const session = sessionKey(power(publicB - k * power(g, x), a + u * x), u);
      const signature = claimSignature(session, identity, Buffer.from(SECRET_BLOCK, "base64"), TIMESTAMP);
      return {
        DEVICE_KEY: key,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: signature.toString("base64"),
        TIMESTAMP,
      };
    },
  };
}
