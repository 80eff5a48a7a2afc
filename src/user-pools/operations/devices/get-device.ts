import { deviceType, requireDevice } from "../../devices/index.ts";
import type { Operation } from "../../operation.ts";
import { bearerWithDevices } from "./bearer.ts";

/**
 * Shows a device of the bearer of an access token.
 *
 * @throws NotAuthorizedException the access token is not valid, has expired or was revoked
 * @throws UserNotFoundException the user was deleted
 * @throws InvalidUserPoolConfigurationException the pool does not track devices
 * @throws ResourceNotFoundException the user has no such device
 * @see API Reference, "GetDevice"
 */
export const getDevice: Operation<"GetDevice"> = async ({ AccessToken, DeviceKey }, context) => {
  const { user } = await bearerWithDevices(AccessToken, context);
  const device = await requireDevice(context.store, user, DeviceKey);
  return { Device: deviceType(device, user, context) };
};
