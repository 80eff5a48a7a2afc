/**
 * The resource and the condition keys of a call to user pools, for the evaluation of policies.
 *
 * @see Service Authorization Reference, "Actions, resources, and condition keys for Amazon Cognito User Pools"
 */
import { type OperationName, shapeModel } from "../../api-model/index.ts";
import { type KeyValues, type RawInput, requestTagKeys, tagKeyOf, tagValueOf } from "../../iam/index.ts";
import { isJsonObject } from "../../json.ts";
import { isPoolId, poolArn, regionOf } from "../../pool-ids.ts";

/** Actions without a single pool as resource: only `Resource: "*"` allows them. */
const WITHOUT_RESOURCE: ReadonlySet<OperationName> = new Set<OperationName>([
  "ListUserPools",
  "DescribeUserPoolDomain",
  "GetProvisionedLimit",
  "UpdateProvisionedLimit",
]);

/** Actions whose resource is their `ResourceArn`. */
const BY_ARN: ReadonlySet<OperationName> = new Set<OperationName>([
  "ListTagsForResource",
  "TagResource",
  "UntagResource",
]);

export interface PoolTarget {
  readonly resource: string;
  /** The pool that `aws:ResourceTag` refers to. */
  readonly poolId: string | undefined;
}

/** A text of the input that is no longer than the API model allows: validation rejects a longer one later. */
function boundedText(value: unknown, shape: string): string | undefined {
  const { max = 0 } = shapeModel(shape) as { readonly max?: number };
  return typeof value === "string" && value.length <= max ? value : undefined;
}

/**
 * The resource of a call, made from the request alone: a caller without permission does not learn which pools exist. A call
 * with a malformed pool name, or one longer than the API model allows, requires a permission on `*` until validation rejects it.
 *
 * @param input the parsed body, not validated
 * @param region of the signature's scope
 */
export function poolTarget(
  operation: OperationName,
  input: RawInput,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): PoolTarget {
  if (WITHOUT_RESOURCE.has(operation)) return { resource: "*", poolId: undefined };
  // Recorded from Cognito on 2026-09-24: the resource of a pool to be created is every pool of the account.
  if (operation === "CreateUserPool") return { resource: poolArn(accountId, "*", region), poolId: undefined };
  if (BY_ARN.has(operation)) {
    const resource = boundedText(input.ResourceArn, "ArnType") ?? "*";
    return { resource, poolId: resource.split(":userpool/")[1] };
  }
  const poolId = boundedText(input.UserPoolId, "UserPoolIdType");
  if (poolId === undefined) return { resource: "*", poolId };
  return { resource: poolArn(accountId, poolId, region), poolId };
}

/** Whether a pool id belongs to a region, or is malformed: validation rejects a malformed id later. */
export function isInRegion(poolId: string, region: string): boolean {
  return !isPoolId(poolId) || regionOf(poolId) === region;
}

/** The condition keys of a call to user pools. */
export function poolRequestKeys(operation: OperationName, input: RawInput): KeyValues {
  switch (operation) {
    case "CreateUserPool":
    case "UpdateUserPool":
      return tagKeys(input.UserPoolTags);
    case "TagResource":
      return tagKeys(input.Tags);
    case "UntagResource":
      return Array.isArray(input.TagKeys)
        ? { "aws:TagKeys": input.TagKeys.filter(isThere).map(tagKeyOf) }
        : {};
    default:
      return {};
  }
}

function tagKeys(tags: unknown): KeyValues {
  if (typeof tags !== "object" || tags === null) return {};
  const given = Object.entries(tags).filter(([, value]) => isThere(value));
  return requestTagKeys(given.map(([key, value]) => [tagKeyOf(key), tagValueOf(value)]));
}

/** The operation ignores a null tag, so a policy that requires a tag must not count it. */
function isThere(value: unknown): boolean {
  return value !== null;
}

/** A role that a call hands to Cognito, which its caller must be allowed to pass. */
export interface PassedRole {
  readonly roleArn: string;
  readonly keys: KeyValues;
}

const PASSED_TO_COGNITO: KeyValues = { "iam:PassedToService": "cognito-idp.amazonaws.com" };

/**
 * The roles that a call passes to a service: each requires `iam:PassRole` as well. The check for a group's role has no
 * `iam:PassedToService`, as recorded from Cognito. For the roles that Cognito itself assumes, to send SMS or to write
 * logs, it is Cognito.
 *
 * @see IAM User Guide, "Grant a user permissions to pass a role to an AWS service"
 */
export function passedRoles(operation: OperationName, input: RawInput): PassedRole[] {
  const roles = (keys: KeyValues, ...arns: unknown[]): PassedRole[] =>
    arns.flatMap((value) => {
      const roleArn = boundedText(value, "ArnType");
      return roleArn ? [{ roleArn, keys }] : [];
    });
  switch (operation) {
    case "CreateGroup":
    case "UpdateGroup":
      return roles({}, input.RoleArn);
    case "CreateUserPool":
    case "UpdateUserPool":
      return roles(PASSED_TO_COGNITO, ...smsRoles(input.SmsConfiguration));
    case "SetUserPoolMfaConfig":
      return roles(PASSED_TO_COGNITO, ...smsRoles(member(input.SmsMfaConfiguration, "SmsConfiguration")));
    case "CreateUserPoolClient":
    case "UpdateUserPoolClient":
      return roles(PASSED_TO_COGNITO, member(input.AnalyticsConfiguration, "RoleArn"));
    case "CreateUserImportJob":
      return roles(PASSED_TO_COGNITO, input.CloudWatchLogsRoleArn);
    default:
      return [];
  }
}

/**
 * Operations that a Deny on another one denies too. An Allow on the other one is not needed.
 *
 * @see API Reference, "DescribeTermsByClient"
 */
export const DENIED_WITH: Readonly<Partial<Record<OperationName, OperationName>>> = {
  DescribeTermsByClient: "DescribeTerms",
};

/** An action in another service of AWS that a call takes as well. */
export interface FurtherAction {
  readonly action: string;
  readonly resource: string;
  readonly keys: KeyValues;
}

/** The permissions that a call needs beside the one on its pool. */
export function furtherActions(
  operation: OperationName,
  input: RawInput,
  accountId: string,
): readonly FurtherAction[] {
  switch (operation) {
    case "CreateUserPoolReplica":
      return actionsOfReplica(input, accountId);
    case "SetLogDeliveryConfiguration":
      return actionsOfLogDelivery(input, accountId);
    default:
      return [];
  }
}

/** @see API Reference, "CreateUserPoolReplica": "you must have permissions to create user pools in the target Region" */
function actionsOfReplica(input: RawInput, accountId: string): readonly FurtherAction[] {
  const region = boundedText(input.RegionName, "RegionNameType");
  // Validation rejects the call later.
  if (region === undefined) return [];
  const resource = poolArn(accountId, "*", region);
  return [{ action: "cognito-idp:CreateUserPool", resource, keys: tagKeys(input.UserPoolTags) }];
}

/** @see Developer Guide, "Exporting logs from Amazon Cognito user pools": the policies for each kind of destination */
function actionsOfLogDelivery(input: RawInput, accountId: string): readonly FurtherAction[] {
  if (!Array.isArray(input.LogConfigurations)) return [];
  const all = input.LogConfigurations.flatMap((configuration) => {
    const arnOf = (destination: string, name: string) =>
      boundedText(member(member(configuration, destination), name), "ArnType");
    const bucket = arnOf("S3Configuration", "BucketArn");
    const stream = arnOf("FirehoseConfiguration", "StreamArn");
    return [
      ...on("*", "logs:CreateLogDelivery"),
      ...(arnOf("CloudWatchLogsConfiguration", "LogGroupArn") === undefined
        ? []
        : on("*", ...LOG_GROUP_ACTIONS)),
      ...(bucket === undefined ? [] : on(bucket, "s3:GetBucketPolicy", "s3:PutBucketPolicy")),
      ...(stream === undefined
        ? []
        : [createsLogDeliveryRole(accountId), ...on(stream, "firehose:TagDeliveryStream")]),
    ];
  });
  return [...new Map(all.map((one) => [`${one.action} ${one.resource}`, one])).values()];
}

const LOG_GROUP_ACTIONS = [
  "logs:GetLogDelivery",
  "logs:UpdateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:DescribeResourcePolicies",
  "logs:DescribeLogGroups",
];

const LOG_DELIVERY_SERVICE = "delivery.logs.amazonaws.com";

const createsLogDeliveryRole = (accountId: string): FurtherAction => ({
  action: "iam:CreateServiceLinkedRole",
  resource: `arn:aws:iam::${accountId}:role/aws-service-role/${LOG_DELIVERY_SERVICE}/AWSServiceRoleForLogDelivery`,
  keys: { "iam:AWSServiceName": LOG_DELIVERY_SERVICE },
});

const on = (resource: string, ...actions: readonly string[]): FurtherAction[] =>
  actions.map((action) => ({ action, resource, keys: {} }));

function smsRoles(configuration: unknown): unknown[] {
  return [member(configuration, "SnsCallerArn"), member(member(configuration, "EumsSms"), "CallerArn")];
}

function member(value: unknown, name: string): unknown {
  return isJsonObject(value) ? value[name] : undefined;
}
