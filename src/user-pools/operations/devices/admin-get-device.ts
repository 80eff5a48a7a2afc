import { deviceType, requireDevice } from "../../devices/index.ts";
import type { Operation } from "../../operation.ts";
import { ownerOfDevices } from "./owner.ts";

/**
 * Shows a device of a user.
 *
 * @see API Reference, "AdminGetDevice"
 */
export const adminGetDevice: Operation<"AdminGetDevice"> = async (input, context) => {
  const { user } = await ownerOfDevices("AdminGetDevice", input, context);
  const device = await requireDevice(context.store, user, input.DeviceKey);
  return { Device: deviceType(device, user, context) };
};
