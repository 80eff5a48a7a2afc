import { deviceType, requireDevice } from "../../devices/index.ts";
import type { Operation } from "../../operation.ts";
import { ownerOfDevices } from "./owner.ts";

/**
 * Shows a device of a user.
 *
 * @throws ResourceNotFoundException there is no such pool or user, or the user has no such device
 * @throws InvalidUserPoolConfigurationException the pool does not track devices
 * @see API Reference, "AdminGetDevice"
 */
export const adminGetDevice: Operation<"AdminGetDevice"> = async (input, context) => {
  const { user } = await ownerOfDevices("AdminGetDevice", input, context);
  const device = await requireDevice(context.store, user, input.DeviceKey);
  return { Device: deviceType(device, user, context) };
};
