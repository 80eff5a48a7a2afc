/**
 * The operations on users' devices. Their rules are in `src/user-pools/devices`.
 */
import type { OperationTable } from "../../operation.ts";
import { adminForgetDevice } from "./admin-forget-device.ts";
import { adminGetDevice } from "./admin-get-device.ts";
import { adminListDevices } from "./admin-list-devices.ts";
import { adminUpdateDeviceStatus } from "./admin-update-device-status.ts";
import { confirmDevice } from "./confirm-device.ts";
import { forgetDevice } from "./forget-device.ts";
import { getDevice } from "./get-device.ts";
import { listDevices } from "./list-devices.ts";
import { updateDeviceStatus } from "./update-device-status.ts";

export const deviceOperations = {
  AdminForgetDevice: adminForgetDevice,
  AdminGetDevice: adminGetDevice,
  AdminListDevices: adminListDevices,
  AdminUpdateDeviceStatus: adminUpdateDeviceStatus,
  ConfirmDevice: confirmDevice,
  ForgetDevice: forgetDevice,
  GetDevice: getDevice,
  ListDevices: listDevices,
  UpdateDeviceStatus: updateDeviceStatus,
} satisfies Partial<OperationTable>;
