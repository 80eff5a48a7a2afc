import type { Operation } from "../../operation.ts";
import { bearerWithDevices } from "./bearer.ts";
import { setRemembered } from "./set-remembered.ts";

/**
 * Sets whether a device of the bearer of an access token is remembered.
 *
 * @throws NotAuthorizedException the access token is not valid, has expired or was revoked
 * @throws UserNotFoundException the user was deleted
 * @throws InvalidUserPoolConfigurationException the pool does not track devices
 * @throws ResourceNotFoundException the user has no such device
 * @see API Reference, "UpdateDeviceStatus"
 */
export const updateDeviceStatus: Operation<"UpdateDeviceStatus"> = async (input, context) => {
  const { user } = await bearerWithDevices(input.AccessToken, context);
  await setRemembered(user, input, context);
  return {};
};
