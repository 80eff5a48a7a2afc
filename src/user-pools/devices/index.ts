/**
 * Devices of users: which one a sign-in is from, how it is stored and shown.
 *
 * A sign-in without a known device gets a key for a new one, and ConfirmDevice keeps it together with an SRP verifier that
 * the device made. Leaves to others: how a device proves itself (`sign-in/challenges/`).
 */
export {
  type BrowserDevice,
  deviceOfBrowser,
  leavesRememberingToUsers,
  rememberBrowser,
} from "./browser-devices.ts";
export { deviceType, ownDeviceType } from "./device-type.ts";
export {
  canProveItself,
  deviceGroupKey,
  mfaProofOf,
  namedDevice,
  newDeviceKey,
  replacesMfa,
  requireDevice,
  requireTracking,
  tracksDevices,
} from "./tracking.ts";
export { readDeviceVerifier } from "./verifier.ts";
