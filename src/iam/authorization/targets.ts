/**
 * What each operation of IAM is about, for the policies that allow or forbid it: its resource, and the condition keys that it
 * brings.
 *
 * @see Service Authorization Reference, "Actions, resources, and condition keys for AWS Identity and Access Management"
 */
import type { IamOperationName } from "../api-model/index.ts";
import type { IamEnvironment } from "../environment.ts";
import { oidcProviderArn, policyArn, roleArn, userArn } from "../identifiers.ts";
import type { Caller } from "../principals/index.ts";
import { findPolicy } from "../principals/index.ts";
import { type KeyValues, requestTagKeys, resourceTagKeys } from "./request-keys.ts";

/** What an operation is about. */
export interface Target {
  /** As policies match it. */
  readonly resource: string;
  /** As refusals name it: IAM calls existing users, roles and policies by their kind and name. */
  readonly shown: string;
  /** What a user becomes who is renamed or moved, which a caller must be allowed as well. */
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

/** An input that nobody has validated: a caller without rights hears nothing about it. */
export type RawInput = Readonly<Record<string, unknown>>;

/** Finds what a call is about. What is named but not there has the ARN that it would have at the root path. */
export async function targetOf(
  operation: IamOperationName,
  input: RawInput,
  caller: Caller,
  { directory, store, accountId }: Pick<IamEnvironment, "directory" | "store" | "accountId">,
): Promise<Target> {
  const text = (name: string): string => (typeof input[name] === "string" ? input[name] : "");
  const keys = requestKeysOf(operation, input);
  const at = (resource: string, shown = resource, tags: Readonly<Record<string, string>> = {}): Target => ({
    resource,
    shown,
    keys: { ...keys, ...resourceTagKeys(tags, "iam") },
  });

  switch (TARGETS[operation]) {
    case "existing user": {
      // A role session that names none is asked for the user of its own name, as seen in a refusal of AWS's.
      const name = text("UserName") || (caller.kind === "user" ? caller.name : (caller.session?.name ?? ""));
      const user = name === "" ? undefined : await directory.user(name);
      const { path = "/", name: realName = name, tags = {} } = user?.record ?? {};
      const target = at(userArn(accountId, path, realName), `user ${name}`, tags);
      if (operation !== "UpdateUser") return target;
      // API Reference, "UpdateUser": "permissions on both the source object and the target object".
      const renamed = userArn(accountId, text("NewPath") || path, text("NewUserName") || realName);
      return { ...target, renamed };
    }
    case "existing role": {
      const name = text("RoleName");
      const { path = "/", name: realName = name, tags = {} } = (await directory.role(name))?.record ?? {};
      return at(roleArn(accountId, path, realName), `role ${name}`, tags);
    }
    case "existing policy": {
      const arn = text("PolicyArn");
      const tags = (await findPolicy(store.iam, accountId, arn))?.tags;
      return at(arn, `policy ${arn}`, tags);
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
    case "existing provider":
      return at(text("OpenIDConnectProviderArn"));
    case "new provider":
      return at(oidcProviderArn(accountId, text("Url").replace(/^https?:\/\//, "")));
    case "providers":
      return at(oidcProviderArn(accountId, "*"));
    case "access key": {
      const key = await directory.accessKey(text("AccessKeyId"));
      const user = key && (await directory.user(key.userName));
      return user ? at(userArn(accountId, user.record.path, user.record.name)) : at("*");
    }
    case "principal":
      return at(text("PolicySourceArn"));
    case "account":
      return at("*");
  }
}

function requestKeysOf(operation: IamOperationName, input: RawInput): KeyValues {
  const text = (name: string) => (typeof input[name] === "string" ? { [`iam:${name}`]: input[name] } : {});
  const tags = Array.isArray(input.Tags) ? tagsOf(input.Tags) : undefined;
  return {
    ...(/^(Attach|Detach)/.test(operation) ? { "iam:PolicyARN": String(input.PolicyArn ?? "") } : {}),
    ...text("PermissionsBoundary"),
    ...(tags === undefined ? {} : requestTagKeys(tags)),
    ...(Array.isArray(input.TagKeys) ? { "aws:TagKeys": input.TagKeys.map(String) } : {}),
  };
}

function tagsOf(tags: readonly unknown[]): Record<string, string> {
  const entries = tags.map((tag) => {
    const { Key, Value } = (typeof tag === "object" && tag !== null ? tag : {}) as RawInput;
    return [String(Key ?? ""), String(Value ?? "")];
  });
  return Object.fromEntries(entries);
}
