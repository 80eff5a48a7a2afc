import type { DeviceRecord, Repositories } from "../../storage/index.ts";
import { namedDevice, newDeviceKey, tracksDevices } from "../devices/index.ts";
import type { SignInContext, SignInDevice, UserAttempt } from "./attempt.ts";

/**
 * The device that a sign-in is bound to.
 *
 * @returns undefined when the pool does not track devices
 */
export async function deviceOfSignIn(
  { pool, user, deviceKey }: UserAttempt,
  { store, random }: SignInContext,
): Promise<SignInDevice | undefined> {
  if (!tracksDevices(pool)) return undefined;
  const device = await namedDevice(store, pool, user, deviceKey);
  return device === undefined
    ? { key: newDeviceKey(pool, random), isNew: true }
    : { key: device.deviceKey, isNew: false };
}

/** Writes down that a device was signed in with. */
export async function noteSignIn(
  { devices }: Pick<Repositories, "devices">,
  poolId: string,
  { key, isNew }: SignInDevice,
  at: { readonly now: number; readonly ipAddress: string | undefined },
): Promise<void> {
  if (isNew) return;
  await devices.update(
    poolId,
    key,
    (device): DeviceRecord => ({
      ...device,
      lastAuthenticatedAt: at.now,
      lastIpAddress: at.ipAddress ?? device.lastIpAddress,
    }),
  );
}
