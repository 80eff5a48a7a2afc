/**
 * The resource and the condition keys of each IAM operation, for the evaluation of policies.
 *
 * @see Service Authorization Reference, "Actions, resources, and condition keys for AWS Identity and Access Management"
 */
import { isJsonObject } from "../../json.ts";
import { type IamOperationName, iamModel } from "../api-model/index.ts";
import type { IamEnvironment } from "../environment.ts";
import {
  oidcProviderArn,
  parseIamArn,
  policyArn,
  providerOfArn,
  roleArn,
  userArn,
  withoutScheme,
} from "../identifiers.ts";
import type { Caller } from "../principals/index.ts";
import { findPolicy, findProvider } from "../principals/index.ts";
import { type KeyValues, requestTagKeys, resourceTagKeys, tagKeyOf, tagValueOf } from "./request-keys.ts";

/** The target of an operation. */
export interface Target {
  /** The form that policies match. */
  readonly resource: string;
  /** The form in denial messages: IAM calls existing users, roles and policies by their kind and name. */
  readonly shown: string;
  /** The new ARN of a renamed or moved user, for which the caller needs permission as well. */
  readonly renamed?: string | undefined;
  readonly keys: KeyValues;
}

type TargetKind =
  | "existing user"
  | "new user"
  | "users"
  | "existing role"
  | "new role"
  | "roles"
  | "existing policy"
  | "new policy"
  | "policies"
  | "existing provider"
  | "new provider"
  | "providers"
  | "access key"
  | "principal"
  | "account";

const TARGETS: { readonly [Name in IamOperationName]: TargetKind } = {
  AddClientIDToOpenIDConnectProvider: "existing provider",
  AttachRolePolicy: "existing role",
  AttachUserPolicy: "existing user",
  ChangePassword: "existing user",
  CreateAccessKey: "existing user",
  CreateLoginProfile: "existing user",
  CreateOpenIDConnectProvider: "new provider",
  CreatePolicy: "new policy",
  CreatePolicyVersion: "existing policy",
  CreateRole: "new role",
  CreateUser: "new user",
  DeleteAccessKey: "existing user",
  DeleteAccountPasswordPolicy: "account",
  DeleteLoginProfile: "existing user",
  DeleteOpenIDConnectProvider: "existing provider",
  DeletePolicy: "existing policy",
  DeletePolicyVersion: "existing policy",
  DeleteRole: "existing role",
  DeleteRolePermissionsBoundary: "existing role",
  DeleteRolePolicy: "existing role",
  DeleteUser: "existing user",
  DeleteUserPermissionsBoundary: "existing user",
  DeleteUserPolicy: "existing user",
  DetachRolePolicy: "existing role",
  DetachUserPolicy: "existing user",
  GetAccessKeyLastUsed: "access key",
  GetAccountPasswordPolicy: "account",
  GetAccountSummary: "account",
  GetLoginProfile: "existing user",
  GetOpenIDConnectProvider: "existing provider",
  GetPolicy: "existing policy",
  GetPolicyVersion: "existing policy",
  GetRole: "existing role",
  GetRolePolicy: "existing role",
  GetUser: "existing user",
  GetUserPolicy: "existing user",
  ListAccessKeys: "existing user",
  ListAccountAliases: "account",
  ListAttachedRolePolicies: "existing role",
  ListAttachedUserPolicies: "existing user",
  ListEntitiesForPolicy: "existing policy",
  ListGroupsForUser: "existing user",
  ListInstanceProfilesForRole: "existing role",
  ListMFADevices: "existing user",
  ListOpenIDConnectProviders: "providers",
  ListPolicies: "policies",
  ListPolicyTags: "existing policy",
  ListPolicyVersions: "existing policy",
  ListRolePolicies: "existing role",
  ListRoles: "roles",
  ListRoleTags: "existing role",
  ListUserPolicies: "existing user",
  ListUsers: "users",
  ListUserTags: "existing user",
  PutRolePermissionsBoundary: "existing role",
  PutRolePolicy: "existing role",
  PutUserPermissionsBoundary: "existing user",
  PutUserPolicy: "existing user",
  RemoveClientIDFromOpenIDConnectProvider: "existing provider",
  SetDefaultPolicyVersion: "existing policy",
  SimulatePrincipalPolicy: "principal",
  TagPolicy: "existing policy",
  TagRole: "existing role",
  TagUser: "existing user",
  UntagPolicy: "existing policy",
  UntagRole: "existing role",
  UntagUser: "existing user",
  UpdateAccessKey: "existing user",
  UpdateAccountPasswordPolicy: "account",
  UpdateAssumeRolePolicy: "existing role",
  UpdateLoginProfile: "existing user",
  UpdateRole: "existing role",
  UpdateRoleDescription: "existing role",
  UpdateUser: "existing user",
};

/** An input that has not been validated, so that a caller without permission gets no details about it. */
export type RawInput = Readonly<Record<string, unknown>>;

/**
 * Finds the target of a call. A resource that does not exist has the ARN that it would have at the root path. If a name
 * is longer than the API model allows, the target is `*`: such a name is neither looked up nor matched, and validation
 * rejects it later.
 */
export async function targetOf(
  operation: IamOperationName,
  rawInput: RawInput,
  caller: Caller,
  environment: Pick<IamEnvironment, "directory" | "store" | "accountId">,
): Promise<Target> {
  const members = membersOf(operation);
  const input = Object.fromEntries(Object.entries(rawInput).filter(([name]) => Object.hasOwn(members, name)));
  if (hasNameTooLong(members, input)) return { resource: "*", shown: "*", keys: {} };
  const { record, ...target } = await namedTarget(operation, input, caller, environment);
  const keys = {
    ...requestKeysOf(operation, input),
    ...boundaryKey(operation, input, record?.permissionsBoundaryArn),
    ...resourceTagKeys(record?.tags ?? {}, "iam"),
  };
  return { ...target, keys };
}

/** Input members that name the target. */
const NAMES = [
  ...["UserName", "NewUserName", "RoleName", "PolicyName", "AccessKeyId", "Url"],
  ...["Path", "NewPath", "PathPrefix"],
  ...["PolicyArn", "PolicySourceArn", "OpenIDConnectProviderArn", "PermissionsBoundary"],
];

/** The members of an operation's input, with the names of their shapes. The operation does not see any other. */
function membersOf(operation: IamOperationName): Readonly<Record<string, string>> {
  const shape = iamModel.shape(iamModel.operation(operation).input);
  return shape.type === "structure" ? shape.members : {};
}

function hasNameTooLong(members: Readonly<Record<string, string>>, input: RawInput): boolean {
  return NAMES.some((name) => {
    const [value, member] = [input[name], members[name]];
    if (typeof value !== "string" || member === undefined) return false;
    const { max = 0 } = iamModel.shape(member) as { readonly max?: number };
    return value.length > max;
  });
}

/** The target that a call names: its resource, and the record of that name if it exists. */
interface NamedTarget extends Omit<Target, "keys"> {
  readonly record?: {
    readonly tags: Readonly<Record<string, string>>;
    readonly permissionsBoundaryArn?: string | undefined;
  };
}

async function namedTarget(
  operation: IamOperationName,
  input: RawInput,
  caller: Caller,
  { directory, store, accountId }: Pick<IamEnvironment, "directory" | "store" | "accountId">,
): Promise<NamedTarget> {
  const text = (name: string): string => (typeof input[name] === "string" ? input[name] : "");
  const at = (resource: string, shown = resource, record?: NamedTarget["record"]): NamedTarget => ({
    resource,
    shown,
    ...(record && { record }),
  });

  switch (TARGETS[operation]) {
    case "existing user": {
      // Without UserName, a role session is checked for the user with the session's name, as seen in a denial by AWS.
      const name = text("UserName") || (caller.kind === "user" ? caller.name : (caller.session?.name ?? ""));
      const record = name === "" ? undefined : (await directory.user(name))?.record;
      const { path = "/", name: realName = name } = record ?? {};
      const target = at(userArn(accountId, path, realName), `user ${name}`, record);
      if (operation !== "UpdateUser") return target;
      // API Reference, "UpdateUser": "permissions on both the source object and the target object".
      const renamed = userArn(accountId, text("NewPath") || path, text("NewUserName") || realName);
      return { ...target, renamed };
    }
    case "existing role": {
      const name = text("RoleName");
      const record = (await directory.role(name))?.record;
      const { path = "/", name: realName = name } = record ?? {};
      return at(roleArn(accountId, path, realName), `role ${name}`, record);
    }
    case "existing policy": {
      const arn = text("PolicyArn");
      return at(arn, `policy ${arn}`, await findPolicy(store.iam, accountId, arn));
    }
    case "new user":
      return at(userArn(accountId, text("Path") || "/", text("UserName")));
    case "new role":
      return at(roleArn(accountId, text("Path") || "/", text("RoleName")));
    case "new policy": {
      const name = text("PolicyName");
      return at(policyArn(accountId, text("Path") || "/", name), `policy ${name}`);
    }
    case "users":
      return at(userArn(accountId, text("PathPrefix") || "/", ""));
    case "roles":
      return at(roleArn(accountId, text("PathPrefix") || "/", ""));
    case "policies": {
      const prefix = text("PathPrefix") || "/";
      return at(policyArn(accountId, prefix, ""), `policy path ${prefix}`);
    }
    case "existing provider": {
      const arn = text("OpenIDConnectProviderArn");
      const url = providerOfArn(arn, accountId);
      return at(arn, arn, url === undefined ? undefined : await findProvider(store.iam, accountId, url));
    }
    case "new provider":
      return at(oidcProviderArn(accountId, withoutScheme(text("Url"))));
    case "providers":
      return at(oidcProviderArn(accountId, "*"));
    case "access key": {
      const key = await directory.accessKey(text("AccessKeyId"));
      const record = key && (await directory.user(key.userName))?.record;
      const arn = record ? userArn(accountId, record.path, record.name) : "*";
      return at(arn, arn, record);
    }
    case "principal": {
      const arn = text("PolicySourceArn");
      const { kind, name = "" } = parseIamArn(arn) ?? {};
      const principal = await (kind === "user" ? directory.user(name) : directory.role(name));
      return at(arn, arn, principal?.record);
    }
    case "account":
      return at("*");
  }
}

function requestKeysOf(operation: IamOperationName, input: RawInput): KeyValues {
  return {
    ...(/^(Attach|Detach)/.test(operation) ? { "iam:PolicyARN": String(input.PolicyArn ?? "") } : {}),
    ...(Array.isArray(input.Tags) ? requestTagKeys(tagsOf(input.Tags)) : {}),
    ...(Array.isArray(input.TagKeys) ? { "aws:TagKeys": input.TagKeys.map(tagKeyOf) } : {}),
  };
}

function tagsOf(tags: readonly unknown[]): [key: string, value: string][] {
  return tags.map((tag) => {
    const { Key, Value } = isJsonObject(tag) ? tag : {};
    return [tagKeyOf(Key), tagValueOf(Value)];
  });
}

/** Operations whose `iam:PermissionsBoundary` is the boundary that they would set. */
const SETS_BOUNDARY = /^(Create|Put)(User|Role)(PermissionsBoundary)?$/;
/** Operations whose `iam:PermissionsBoundary` is the boundary of the user or role that they change. */
const CHANGES_BOUNDED =
  /^((Attach|Detach|Put|Delete)(User|Role)Policy|Delete(User|Role)PermissionsBoundary)$/;

/** @see Service Authorization Reference, "Actions defined by AWS Identity and Access Management", column "Condition keys" */
function boundaryKey(operation: IamOperationName, input: RawInput, present: string | undefined): KeyValues {
  if (CHANGES_BOUNDED.test(operation)) return { "iam:PermissionsBoundary": present };
  const asked = input.PermissionsBoundary;
  const isAsked = SETS_BOUNDARY.test(operation) && typeof asked === "string";
  return isAsked ? { "iam:PermissionsBoundary": asked } : {};
}
