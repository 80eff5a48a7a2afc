import { ResourceNotFoundException } from "../../api-model/index.ts";
import type { DeviceRecord, Repositories, UserRecord } from "../../storage/index.ts";

export const deviceNotFound = () => new ResourceNotFoundException("Device does not exist.");

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
