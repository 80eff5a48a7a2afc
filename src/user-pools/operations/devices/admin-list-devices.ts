import { deviceType } from "../../devices/index.ts";
import type { Operation } from "../../operation.ts";
import { deviceListPage } from "./list-page.ts";
import { ownerOfDevices } from "./owner.ts";

/**
 * Lists the devices of a user, in order of creation.
 *
 * @throws ResourceNotFoundException there is no such pool or user
 * @throws InvalidUserPoolConfigurationException the pool does not track devices
 * @throws InvalidParameterException PaginationToken is not one that this list gave
 * @see API Reference, "AdminListDevices"
 */
export const adminListDevices: Operation<"AdminListDevices"> = async (input, context) => {
  const { user } = await ownerOfDevices("AdminListDevices", input, context);
  const { devices, next } = await deviceListPage("AdminListDevices", user, input, context);
  return { Devices: devices.map((device) => deviceType(device, user, context)), PaginationToken: next };
};
