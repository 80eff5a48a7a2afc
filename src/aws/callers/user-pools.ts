/**
 * What a call to user pools is about, for the policies that allow or forbid it.
 *
 * @see Service Authorization Reference, "Actions, resources, and condition keys for Amazon Cognito User Pools"
 */
import type { OperationName } from "../../api-model/index.ts";
import type { KeyValues, RawInput } from "../../iam/index.ts";
import { requestTagKeys } from "../../iam/index.ts";

/** Actions that no single pool is about: only `Resource: "*"` allows them. */
const WITHOUT_RESOURCE: ReadonlySet<OperationName> = new Set<OperationName>([
  "CreateUserPool",
  "ListUserPools",
  "DescribeUserPoolDomain",
  "GetProvisionedLimit",
  "UpdateProvisionedLimit",
]);

/** Actions that are about what their `ResourceArn` names. */
const BY_ARN: ReadonlySet<OperationName> = new Set<OperationName>([
  "ListTagsForResource",
  "TagResource",
  "UntagResource",
]);

export interface PoolTarget {
  readonly resource: string;
  /** The pool whose tags `aws:ResourceTag` stands for. */
  readonly poolId: string | undefined;
}

/**
 * The resource of a call, made from the request alone: who has no rights hears nothing about which pools exist.
 *
 * @param input as the body holds it, unchecked
 * @param region of the signature's scope
 */
export function poolTarget(
  operation: OperationName,
  input: RawInput,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): PoolTarget {
  if (WITHOUT_RESOURCE.has(operation)) return { resource: "*", poolId: undefined };
  if (BY_ARN.has(operation)) {
    const resource = typeof input.ResourceArn === "string" ? input.ResourceArn : "*";
    return { resource, poolId: resource.split(":userpool/")[1] };
  }
  // One without a pool id is about to be refused for its form; until then it takes a right to everything.
  if (typeof input.UserPoolId !== "string") return { resource: "*", poolId: undefined };
  return {
    resource: poolArn(accountId, region, input.UserPoolId),
    poolId: input.UserPoolId,
  };
}

export function poolArn(accountId: string, region: string, poolId: string): string {
  return `arn:aws:cognito-idp:${region}:${accountId}:userpool/${poolId}`;
}

/** Whether a pool id is of a region, or of none: such an id is no pool's anywhere. */
export function isInRegion(poolId: string, region: string): boolean {
  return !poolId.includes("_") || poolId.startsWith(`${region}_`);
}

/** The condition keys that a call to user pools brings. */
export function poolRequestKeys(operation: OperationName, input: RawInput): KeyValues {
  switch (operation) {
    case "CreateUserPool":
    case "UpdateUserPool":
      return tagKeys(input.UserPoolTags);
    case "TagResource":
      return tagKeys(input.Tags);
    case "UntagResource":
      return Array.isArray(input.TagKeys)
        ? { "aws:TagKeys": input.TagKeys.filter(isThere).map(textOrNone) }
        : {};
    default:
      return {};
  }
}

function tagKeys(tags: unknown): KeyValues {
  if (typeof tags !== "object" || tags === null) return {};
  const given = Object.entries(tags).filter(([, value]) => isThere(value));
  return requestTagKeys(Object.fromEntries(given.map(([key, value]) => [key, textOrNone(value)])));
}

/** A null is left out when the input is read: to a policy that asks for a tag it must not be one. */
function isThere(value: unknown): boolean {
  return value !== null;
}

/** Anything but text is about to be refused; made into text it could be what a policy asks for, or no text at all. */
function textOrNone(value: unknown): string {
  return typeof value === "string" ? value : "";
}
