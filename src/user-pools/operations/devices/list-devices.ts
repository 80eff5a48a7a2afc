import { ownDeviceType } from "../../devices/index.ts";
import type { Operation } from "../../operation.ts";
import { bearerWithDevices } from "./bearer.ts";
import { deviceListPage } from "./list-page.ts";

/**
 * Lists the remembered devices of the bearer of an access token, in order of creation.
 *
 * @throws NotAuthorizedException the access token is not valid, has expired or was revoked
 * @throws UserNotFoundException the user was deleted
 * @throws InvalidUserPoolConfigurationException the pool does not track devices
 * @throws InvalidParameterException PaginationToken is not one that this list gave
 * @see API Reference, "ListDevices"
 */
export const listDevices: Operation<"ListDevices"> = async (input, context) => {
  const { user } = await bearerWithDevices(input.AccessToken, context);
  const { devices, next } = await deviceListPage(
    "ListDevices",
    user,
    input,
    context,
    ({ status }) => status === "remembered",
  );
  return { Devices: devices.map(ownDeviceType), PaginationToken: next };
};
