import type { AttributeType, DeviceType } from "../../api-model/index.ts";
import { regionOf } from "../../pool-ids.ts";
import type { DeviceRecord, UserRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";

/** A device as everyone but ListDevices shows it. */
export function deviceType(
  device: DeviceRecord,
  { username }: UserRecord,
  { accountId }: Pick<Environment, "accountId">,
): DeviceType {
  const owner = `${username}.${device.poolId}`;
  const arn = `arn:aws:cognito-idp:${regionOf(device.poolId)}:${accountId}:owner/${owner}/device/${device.deviceKey}`;
  return withAttributes(device, [
    ["device_status", "valid"],
    ["device_name", device.name],
    ["dev:device_arn", arn],
    ["dev:device_owner", owner],
    ["last_ip_used", device.lastIpAddress],
    ["dev:device_remembered_status", device.status],
    ["dev:device_sdk", "aws-sdk"],
  ]);
}

/** A device as ListDevices shows it to its user. */
export function ownDeviceType(device: DeviceRecord): DeviceType {
  return withAttributes(device, [
    ["device_status", "valid"],
    ["device_name", device.name],
    ["last_ip_used", device.lastIpAddress],
  ]);
}

function withAttributes(
  device: DeviceRecord,
  attributes: readonly (readonly [name: string, value: string | undefined])[],
): DeviceType {
  return {
    DeviceKey: device.deviceKey,
    DeviceAttributes: attributes.flatMap(([Name, Value]): AttributeType[] =>
      Value === undefined ? [] : [{ Name, Value }],
    ),
    DeviceCreateDate: device.createdAt,
    DeviceLastModifiedDate: device.lastModifiedAt,
    // Whole seconds, unlike the other two.
    DeviceLastAuthenticatedDate: Math.floor(device.lastAuthenticatedAt / 1000) * 1000,
  };
}
