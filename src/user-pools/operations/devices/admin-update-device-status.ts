import type { Operation } from "../../operation.ts";
import { ownerOfDevices } from "./owner.ts";
import { setRemembered } from "./set-remembered.ts";

/**
 * Remembers a device of a user, or no longer does.
 *
 * @see API Reference, "AdminUpdateDeviceStatus"
 */
export const adminUpdateDeviceStatus: Operation<"AdminUpdateDeviceStatus"> = async (input, context) => {
  const { user } = await ownerOfDevices("AdminUpdateDeviceStatus", input, context);
  await setRemembered(user, input, context);
  return {};
};
