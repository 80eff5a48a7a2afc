/** A device that the pool remembers: registering it, and its part of a sign-in. */
import {
  type AuthenticationResultType,
  ConfirmDeviceCommand,
  UpdateDeviceStatusCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { type Device, exchange, type Listener, type SignInTarget } from "./exchange.ts";
import { beginSrp, newVerifier, passwordClaim, type SrpStart } from "./srp.ts";

const PASSWORD_BYTES = 40;

/**
 * Registers the device of a sign-in under a generated password, and sets it as remembered even if the pool lets the
 * user decide.
 *
 * @see Developer Guide, "Working with user devices in your user pool"
 */
export async function rememberDevice(
  { poolId }: SignInTarget,
  { AccessToken, NewDeviceMetadata }: AuthenticationResultType,
  name: string,
  tell: Listener,
): Promise<Device> {
  const { DeviceKey: key = "", DeviceGroupKey: groupKey = "" } = NewDeviceMetadata ?? {};
  const password = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(PASSWORD_BYTES))));
  const { salt, verifier } = await newVerifier({ poolName: groupKey, username: key, password });
  const request = {
    AccessToken,
    DeviceKey: key,
    DeviceName: name,
    DeviceSecretVerifierConfig: { Salt: salt, PasswordVerifier: verifier },
  };
  const { UserConfirmationNecessary } = await exchange(
    poolId,
    "ConfirmDevice",
    request,
    (client) => client.send(new ConfirmDeviceCommand(request)),
    tell,
  );
  if (UserConfirmationNecessary) {
    const status = { AccessToken, DeviceKey: key, DeviceRememberedStatus: "remembered" as const };
    await exchange(
      poolId,
      "UpdateDeviceStatus",
      status,
      (client) => client.send(new UpdateDeviceStatusCommand(status)),
      tell,
    );
  }
  return { key, groupKey, password };
}

/** The answer to DEVICE_SRP_AUTH, and the numbers for the answer to the challenge after it. */
export function beginDeviceSrp(device: Device): { start: SrpStart; responses: Record<string, string> } {
  const start = beginSrp();
  return { start, responses: { SRP_A: start.publicA, DEVICE_KEY: device.key } };
}

/** The answer to DEVICE_PASSWORD_VERIFIER. */
export async function proveDevice(
  { key, groupKey, password }: Device,
  start: SrpStart,
  parameters: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const identity = { poolName: groupKey, username: key, password };
  return { ...(await passwordClaim(start, identity, parameters)), DEVICE_KEY: key };
}
