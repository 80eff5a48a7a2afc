import { requireDevice } from "../../devices/index.ts";
import type { Operation } from "../../operation.ts";
import { bearerWithDevices } from "./bearer.ts";

/**
 * Forgets a device of the bearer of an access token. A sign-in that names it is refused from now on, and so are its refresh tokens.
 *
 * @throws NotAuthorizedException the access token is not valid, has expired or was revoked
 * @throws UserNotFoundException the user was deleted
 * @throws InvalidUserPoolConfigurationException the pool does not track devices
 * @throws ResourceNotFoundException the user has no such device
 * @see API Reference, "ForgetDevice"
 */
export const forgetDevice: Operation<"ForgetDevice"> = async ({ AccessToken, DeviceKey }, context) => {
  const { pool, user } = await bearerWithDevices(AccessToken, context);
  await requireDevice(context.store, user, DeviceKey);
  await context.store.devices.delete(pool.id, DeviceKey);
  return {};
};
