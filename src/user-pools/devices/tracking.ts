/**
 * Which device a user signs in with, in pools that track devices.
 *
 * @see Developer Guide, "Working with user devices in your user pool"; API Reference, "DeviceConfigurationType"
 */
import { InvalidUserPoolConfigurationException, ResourceNotFoundException } from "../../api-model/index.ts";
import { poolNamePart, regionOf } from "../../pool-ids.ts";
import type { Random } from "../../random.ts";
import type { DeviceRecord, Repositories, UserPoolRecord, UserRecord } from "../../storage/index.ts";

/** Whether the pool tracks devices at all. Any member of its configuration switches that on. */
export function tracksDevices({ settings }: UserPoolRecord): boolean {
  return settings.DeviceConfiguration !== undefined;
}

/** @throws InvalidUserPoolConfigurationException the pool does not track devices; the text is ours */
export function requireTracking(pool: UserPoolRecord): void {
  if (tracksDevices(pool)) return;
  throw new InvalidUserPoolConfigurationException(`User pool ${pool.id} does not track devices.`);
}

/**
 * The device that a client says its user signs in with.
 *
 * @returns undefined when the client names none, or the pool does not track devices
 * @throws ResourceNotFoundException the user has no such device
 */
export async function namedDevice(
  { devices }: Pick<Repositories, "devices">,
  pool: UserPoolRecord,
  user: UserRecord,
  deviceKey: string | undefined,
): Promise<DeviceRecord | undefined> {
  if (!deviceKey || !tracksDevices(pool)) return undefined;
  const device = await devices.get(pool.id, deviceKey);
  // Clients forget their key and try again without it when they read this text.
  if (device?.sub !== user.sub) throw deviceNotFound();
  return device;
}

/** Whether the device gets DEVICE_SRP_AUTH: it is remembered and has a verifier. */
export function canProveItself({ status, verifier }: DeviceRecord): boolean {
  return status === "remembered" && verifier !== undefined;
}

/**
 * Whether the device replaces the second factor: the pool allows that, the device can prove itself, and its user has
 * proved a second factor on it before. A device from before the user had one is worth no more than the password.
 */
export function replacesMfa({ settings }: UserPoolRecord, device: DeviceRecord): boolean {
  const isWanted = settings.DeviceConfiguration?.ChallengeRequiredOnNewDevice === true;
  return isWanted && canProveItself(device) && device.hasProvedMfa === true;
}

/** The record of a sign-in with a second factor on a new device until ConfirmDevice: the id in `signInAttempts`. */
export const mfaProofOf = (deviceKey: string) => `mfa on ${deviceKey}`;

/** The key for a device that is not known yet. It is kept once ConfirmDevice takes it. */
export function newDeviceKey(pool: UserPoolRecord, random: Random): string {
  return `${regionOf(pool.id)}_${random.uuid()}`;
}

/** The group key in a device's SRP identity: nine characters, the same for all devices of a pool. */
export function deviceGroupKey(pool: UserPoolRecord): string {
  return `-${poolNamePart(pool.id).slice(0, 8).padEnd(8, "0")}`;
}

const deviceNotFound = () => new ResourceNotFoundException("Device does not exist.");

/** @throws ResourceNotFoundException the user has no such device */
export async function requireDevice(
  { devices }: Pick<Repositories, "devices">,
  { poolId, sub }: UserRecord,
  deviceKey: string,
): Promise<DeviceRecord> {
  const device = await devices.get(poolId, deviceKey);
  if (device?.sub !== sub) throw deviceNotFound();
  return device;
}
