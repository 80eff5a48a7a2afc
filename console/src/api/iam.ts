/** IAM as the console shows it: lists in pages, and one user or role with its policies and keys. */
import {
  type AccessKeyLastUsed,
  type AccessKeyMetadata,
  type AttachedPolicy,
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  GetRoleCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  type Policy,
  type Role,
  type User,
} from "@aws-sdk/client-iam";
import { inIam } from "./iam-client.ts";
import type { LoadPage } from "./pages.ts";

export const iamUsers: LoadPage<User> = async (limit, token) => {
  const answer = await inIam((client) =>
    client.send(new ListUsersCommand({ MaxItems: limit, Marker: token })),
  );
  return { items: answer.Users ?? [], next: answer.Marker };
};

export const iamRoles: LoadPage<Role> = async (limit, token) => {
  const answer = await inIam((client) =>
    client.send(new ListRolesCommand({ MaxItems: limit, Marker: token })),
  );
  return { items: answer.Roles ?? [], next: answer.Marker };
};

/** Those that can be attached: AWS's and the account's own. */
export const iamPolicies: LoadPage<Policy> = async (limit, token) => {
  const answer = await inIam((client) =>
    client.send(new ListPoliciesCommand({ Scope: "All", MaxItems: limit, Marker: token })),
  );
  return { items: answer.Policies ?? [], next: answer.Marker };
};

/** The policies on a user or a role. */
export interface PoliciesOn {
  readonly attached: readonly AttachedPolicy[];
  /** Names of those that are written into it. */
  readonly inline: readonly string[];
}

/** An access key and its last use. */
export interface UsedAccessKey extends AccessKeyMetadata {
  readonly lastUsed: AccessKeyLastUsed | undefined;
}

export interface IamUserDetail {
  readonly user: User;
  readonly policies: PoliciesOn;
  readonly accessKeys: readonly UsedAccessKey[];
  readonly hasPassword: boolean;
}

export function loadIamUser(userName: string): Promise<IamUserDetail> {
  const input = { UserName: userName };
  return inIam(async (client) => {
    const [user, attached, inline, keys, hasPassword] = await Promise.all([
      client.send(new GetUserCommand(input)),
      client.send(new ListAttachedUserPoliciesCommand(input)),
      client.send(new ListUserPoliciesCommand(input)),
      client.send(new ListAccessKeysCommand(input)),
      client.send(new GetLoginProfileCommand(input)).then(
        () => true,
        (error: Error) => {
          if (error.name === "NoSuchEntityException" || error.name === "NoSuchEntity") return false;
          throw error;
        },
      ),
    ]);
    const accessKeys = await Promise.all(
      (keys.AccessKeyMetadata ?? []).map(async (key) => {
        const { AccessKeyId } = key;
        const used = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
        return { ...key, lastUsed: used.AccessKeyLastUsed };
      }),
    );
    return {
      user: user.User ?? {},
      policies: { attached: attached.AttachedPolicies ?? [], inline: inline.PolicyNames ?? [] },
      accessKeys,
      hasPassword,
    } as IamUserDetail;
  });
}

export interface IamRoleDetail {
  readonly role: Role;
  readonly policies: PoliciesOn;
}

export function loadIamRole(roleName: string): Promise<IamRoleDetail> {
  const input = { RoleName: roleName };
  return inIam(async (client) => {
    const [role, attached, inline] = await Promise.all([
      client.send(new GetRoleCommand(input)),
      client.send(new ListAttachedRolePoliciesCommand(input)),
      client.send(new ListRolePoliciesCommand(input)),
    ]);
    return {
      role: role.Role,
      policies: { attached: attached.AttachedPolicies ?? [], inline: inline.PolicyNames ?? [] },
    } as IamRoleDetail;
  });
}
