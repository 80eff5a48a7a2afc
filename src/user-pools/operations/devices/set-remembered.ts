import type { DeviceRememberedStatusType } from "../../../api-model/index.ts";
import type { UserRecord } from "../../../storage/index.ts";
import { requireDevice } from "../../devices/index.ts";
import type { OperationContext } from "../../operation.ts";

interface NewStatus {
  readonly DeviceKey: string;
  readonly DeviceRememberedStatus?: DeviceRememberedStatusType | undefined;
}

/**
 * Sets whether a device is remembered; without a status nothing changes.
 *
 * @throws ResourceNotFoundException the user has no such device
 */
export async function setRemembered(
  user: UserRecord,
  { DeviceKey, DeviceRememberedStatus }: NewStatus,
  { store, clock }: OperationContext,
): Promise<void> {
  await requireDevice(store, user, DeviceKey);
  if (DeviceRememberedStatus === undefined) return;
  const now = clock.now();
  await store.devices.update(user.poolId, DeviceKey, (device) => ({
    ...device,
    status: DeviceRememberedStatus,
    lastModifiedAt: now,
  }));
}
