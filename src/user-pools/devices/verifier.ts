import { type DeviceSecretVerifierConfigType, InvalidParameterException } from "../../api-model/index.ts";
import type { DeviceRecord } from "../../storage/index.ts";

/** A salt has 16 bytes and a verifier 384, each with a zero in front where its top bit is set. */
const MAX_SALT_BYTES = 17;
const MAX_VERIFIER_BYTES = 385;

/**
 * Reads the SRP verifier that a device made for itself.
 *
 * @throws InvalidParameterException it is malformed; the text is ours
 */
export function readDeviceVerifier({
  Salt,
  PasswordVerifier,
}: DeviceSecretVerifierConfigType): NonNullable<DeviceRecord["verifier"]> {
  const salt = bytesOf("Salt", Salt, MAX_SALT_BYTES);
  const verifier = bytesOf("PasswordVerifier", PasswordVerifier, MAX_VERIFIER_BYTES);
  return { saltHex: BigInt(`0x${salt.toString("hex")}`).toString(16), verifier };
}

function bytesOf(name: string, text: string | undefined, maxBytes: number): Buffer {
  const bytes = Buffer.from(text ?? "", "base64");
  const isUsable = bytes.length <= maxBytes && bytes.some((byte) => byte !== 0);
  if (!isUsable) throw new InvalidParameterException(`Invalid ${name} in DeviceSecretVerifierConfig.`);
  return bytes;
}
