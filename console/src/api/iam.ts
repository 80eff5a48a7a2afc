/**
 * IAM as the console shows it: lists in pages, and one user or role. Its policies, keys and password are loaded apart from it,
 * because a person may see some of them and not the others.
 */
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
import { isDenied, isNotFound } from "./errors.ts";
import { inIam } from "./iam-client.ts";
import type { PolicyHolder } from "./inline-policies.ts";
import type { LoadPage } from "./pages.ts";
import { together } from "./together.ts";

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

export function loadPolicies({ kind, name }: PolicyHolder): Promise<PoliciesOn> {
  return inIam(async (client) => {
    const [attached, inline] = await (kind === "user"
      ? together([
          client.send(new ListAttachedUserPoliciesCommand({ UserName: name })),
          client.send(new ListUserPoliciesCommand({ UserName: name })),
        ])
      : together([
          client.send(new ListAttachedRolePoliciesCommand({ RoleName: name })),
          client.send(new ListRolePoliciesCommand({ RoleName: name })),
        ]));
    return { attached: attached.AttachedPolicies ?? [], inline: inline.PolicyNames ?? [] };
  });
}

/** An access key and its last use, unless the caller may not see that. */
export interface UsedAccessKey extends AccessKeyMetadata {
  readonly lastUsed: AccessKeyLastUsed | undefined;
}

export function loadAccessKeys(userName: string): Promise<readonly UsedAccessKey[]> {
  return inIam(async (client) => {
    const { AccessKeyMetadata = [] } = await client.send(new ListAccessKeysCommand({ UserName: userName }));
    return Promise.all(
      AccessKeyMetadata.map(async (key) => ({
        ...key,
        lastUsed: await client
          .send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key.AccessKeyId }))
          .then(({ AccessKeyLastUsed }) => AccessKeyLastUsed, unless(isDenied, undefined)),
      })),
    );
  });
}

export function hasConsolePassword(userName: string): Promise<boolean> {
  return inIam((client) =>
    client
      .send(new GetLoginProfileCommand({ UserName: userName }))
      .then(() => true, unless(isNotFound, false)),
  );
}

/** Answers `value` to an error of one kind, and throws any other. */
const unless =
  <T>(isOfKind: (error: unknown) => boolean, value: T) =>
  (error: unknown): T => {
    if (isOfKind(error)) return value;
    throw error;
  };

export async function loadIamUser(userName: string): Promise<User> {
  const { User } = await inIam((client) => client.send(new GetUserCommand({ UserName: userName })));
  return required(User);
}

export async function loadIamRole(roleName: string): Promise<Role> {
  const { Role } = await inIam((client) => client.send(new GetRoleCommand({ RoleName: roleName })));
  return required(Role);
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("IAM answered without the user or role.");
  return value;
}
