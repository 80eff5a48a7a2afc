import type { Operation } from "../../operation.ts";
import { ownerOfDevices } from "./owner.ts";
import { setRemembered } from "./set-remembered.ts";

/**
 * Sets whether a device of a user is remembered.
 *
 * @throws ResourceNotFoundException there is no such pool, or the user has no such device
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @throws InvalidUserPoolConfigurationException the pool does not track devices
 * @see API Reference, "AdminUpdateDeviceStatus"
 */
export const adminUpdateDeviceStatus: Operation<"AdminUpdateDeviceStatus"> = async (input, context) => {
  const { user } = await ownerOfDevices("AdminUpdateDeviceStatus", input, context);
  await setRemembered(user, input, context);
  return {};
};
