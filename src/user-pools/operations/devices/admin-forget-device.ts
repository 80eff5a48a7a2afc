import { requireDevice } from "../../devices/index.ts";
import type { Operation } from "../../operation.ts";
import { ownerOfDevices } from "./owner.ts";

/**
 * Forgets a device of a user. A sign-in that names it is refused from now on, and so are its refresh tokens.
 *
 * @throws ResourceNotFoundException there is no such pool, or the user has no such device
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @throws InvalidUserPoolConfigurationException the pool does not track devices
 * @see API Reference, "AdminForgetDevice"
 */
export const adminForgetDevice: Operation<"AdminForgetDevice"> = async (input, context) => {
  const { pool, user } = await ownerOfDevices("AdminForgetDevice", input, context);
  await requireDevice(context.store, user, input.DeviceKey);
  await context.store.devices.delete(pool.id, input.DeviceKey);
  return {};
};
