/** The forms of names and attributes that the API takes. The server decides; a form shows errors earlier. */
import { isRegionName } from "../../../src/pool-ids.ts";

const USERNAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;
const POOL_NAME = /^[\w\s+=,.@-]{1,128}$/;
const GROUP_NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;
const CUSTOM_ATTRIBUTE_NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u;
const IAM_NAME = /^[\w+=,.@-]{1,64}$/;
const IAM_POLICY_NAME = /^[\w+=,.@-]{1,128}$/;
const SNAPSHOT_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const ROLE_ARN = /^arn:[\w+=/,.@-]+:iam::\d{12}:role\/[\w+=/,.@-]+$/;

export const isUsername = (value: string) => USERNAME.test(value);
export const isPoolName = (value: string) => POOL_NAME.test(value);
/** App client names have the same form as pool names. */
export const isClientName = isPoolName;
export const isGroupName = (value: string) => GROUP_NAME.test(value);
export const isCustomAttributeName = (value: string) => CUSTOM_ATTRIBUTE_NAME.test(value);
export const isIamName = (value: string) => IAM_NAME.test(value);
export const isPolicyName = (value: string) => IAM_POLICY_NAME.test(value);
/** `us-east-1_abc123`. A user name such as `jane_doe` is none. */
export function isPoolId(value: string): boolean {
  const [, region = ""] = /^([\w-]+)_[0-9a-zA-Z]+$/.exec(value) ?? [];
  return isRegionName(region);
}
export const isSnapshotName = (value: string) => SNAPSHOT_NAME.test(value);
export const isRoleArn = (value: string) => ROLE_ARN.test(value);

/** A whole number from `least` to `most`, as a field holds it. */
export function isWholeNumber(value: string, least: number, most: number): boolean {
  return /^\d+$/.test(value.trim()) && Number(value) >= least && Number(value) <= most;
}
