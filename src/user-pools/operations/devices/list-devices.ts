import { ownDeviceType } from "../../devices/index.ts";
import type { Operation } from "../../operation.ts";
import { bearerWithDevices } from "./bearer.ts";
import { deviceListPage } from "./list-page.ts";

/**
 * Lists the remembered devices of the bearer of an access token, in order of creation.
 *
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
