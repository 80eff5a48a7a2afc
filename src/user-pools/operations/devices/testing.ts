/** A device in software, for tests: it makes a verifier for itself and proves the password of it. */
import { srpClient } from "../../../crypto/testing.ts";

const PASSWORD = "password of the device";

interface SoftwareDevice {
  readonly key: string;
  /** The DeviceSecretVerifierConfig of ConfirmDevice. */
  readonly verifier: { readonly Salt: string; readonly PasswordVerifier: string };
  /** The answer to DEVICE_SRP_AUTH. */
  readonly begin: { readonly DEVICE_KEY: string; readonly SRP_A: string };
  /** The answer to DEVICE_PASSWORD_VERIFIER. */
  claim(parameters: Readonly<Record<string, string>> | undefined): Record<string, string>;
}

/** The device of a `NewDeviceMetadata`. */
export function softwareDevice(metadata: {
  readonly DeviceKey?: string | undefined;
  readonly DeviceGroupKey?: string | undefined;
}): SoftwareDevice {
  const { DeviceKey: key = "", DeviceGroupKey: poolName = "" } = metadata;
  const client = srpClient({ poolName, username: key }, PASSWORD);
  return {
    key,
    verifier: {
      Salt: client.salt.toString("base64"),
      PasswordVerifier: client.verifier.toString("base64"),
    },
    begin: { DEVICE_KEY: key, SRP_A: client.publicA },
    claim: (parameters = {}) => ({ DEVICE_KEY: key, ...client.claim(parameters) }),
  };
}
