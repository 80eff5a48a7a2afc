/**
 * Users, roles and policies as the operations of IAM find and show them.
 */
import {
  AlreadyExists,
  type IamIdentityRecord,
  type IamPolicyRecord,
  type IamRepositories,
  type IamRoleRecord,
  type IamUserRecord,
  type PolicyUsage,
} from "../../storage/index.ts";
import type { Iam } from "../api-model/index.ts";
import type { IamOperationContext } from "../environment.ts";
import {
  DeleteConflictException,
  EntityAlreadyExistsException,
  InvalidInputException,
  LimitExceededException,
  NoSuchEntityException,
  ValidationError,
} from "../errors.ts";
import { parseIamArn, policyArn, roleArn, userArn } from "../identifiers.ts";
import { type AwsManagedPolicy, awsManagedPolicy } from "../policy-language/index.ts";
import { QUOTAS } from "../quotas.ts";
import { tagList } from "../tags.ts";

export function deleteConflict(what: string): DeleteConflictException {
  return new DeleteConflictException(`Cannot delete entity, must ${what} first.`);
}

/** @throws DeleteConflictException a user or role that is to be deleted has policies */
export function requireNoPolicies({ attachedPolicyArns, inlinePolicies }: IamIdentityRecord): void {
  if (attachedPolicyArns.length > 0) throw deleteConflict("detach all policies");
  if (Object.keys(inlinePolicies).length > 0) throw deleteConflict("delete policies");
}

export function noSuchUser(name: string): NoSuchEntityException {
  return new NoSuchEntityException(`The user with name ${name} cannot be found.`);
}

export function noSuchRole(name: string): NoSuchEntityException {
  return new NoSuchEntityException(`The role with name ${name} cannot be found.`);
}

export function noSuchPolicy(arn: string): NoSuchEntityException {
  return new NoSuchEntityException(`Policy ${arn} was not found.`);
}

/**
 * Writes a record under a name that must be free.
 *
 * @param message the message when the name is taken
 * @throws EntityAlreadyExistsException
 */
export async function unlessTaken<T>(message: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof AlreadyExists) throw new EntityAlreadyExistsException(message, { cause: error });
    throw error;
  }
}

const ACCOUNT_QUOTAS = {
  users: ["UsersPerAccount", QUOTAS.UsersQuota],
  roles: ["RolesPerAccount", QUOTAS.RolesQuota],
  policies: ["PoliciesPerAccount", QUOTAS.PoliciesQuota],
} as const;

/**
 * Checks the number of users, roles or policies after one was added, so that a taken name is reported first.
 *
 * @throws LimitExceededException
 */
export async function checkAccountQuota(
  iam: IamRepositories,
  accountId: string,
  kind: keyof typeof ACCOUNT_QUOTAS,
): Promise<void> {
  const [name, quota] = ACCOUNT_QUOTAS[kind];
  if ((await iam[kind].count(accountId)) <= quota) return;
  throw new LimitExceededException(`Cannot exceed quota for ${name}: ${quota}`);
}

/** @throws NoSuchEntityException */
export async function requireUser(
  iam: IamRepositories,
  accountId: string,
  name: string,
): Promise<IamUserRecord> {
  const user = await iam.users.get(accountId, name);
  if (!user) throw noSuchUser(name);
  return user;
}

/** @throws NoSuchEntityException */
export async function requireRole(
  iam: IamRepositories,
  accountId: string,
  name: string,
): Promise<IamRoleRecord> {
  const role = await iam.roles.get(accountId, name);
  if (!role) throw noSuchRole(name);
  return role;
}

/** A customer managed policy by its ARN; undefined for AWS's own and for unknown ones. */
export async function findPolicy(
  iam: IamRepositories,
  accountId: string,
  arn: string,
): Promise<IamPolicyRecord | undefined> {
  const parts = parseIamArn(arn);
  if (parts?.kind !== "policy" || parts.accountId !== accountId) return undefined;
  const policy = await iam.policies.get(accountId, parts.name);
  return policy && arnOfPolicy(policy) === arn ? policy : undefined;
}

/** @throws NoSuchEntityException */
export async function requirePolicy(
  iam: IamRepositories,
  accountId: string,
  arn: string,
): Promise<IamPolicyRecord> {
  const policy = await findPolicy(iam, accountId, arn);
  if (!policy) throw noSuchPolicy(arn);
  return policy;
}

/**
 * The path of a new user, role or policy.
 *
 * @throws InvalidInputException it is reserved; the text was recorded in September 2026 (badmintoncryer/cdk-preflight)
 */
export function newPath(path = "/"): string {
  if (!path.startsWith("/aws-service-role")) return path;
  throw new InvalidInputException(
    "Paths beginning with '/aws-service-role' are reserved for AWS Service Linked Roles",
  );
}

/** Whether there is a managed policy with an ARN, AWS's or of the account. */
export async function policyExists(iam: IamRepositories, accountId: string, arn: string): Promise<boolean> {
  return awsManagedPolicy(arn) !== undefined || (await findPolicy(iam, accountId, arn)) !== undefined;
}

function arnOfUser(user: IamUserRecord): string {
  return userArn(user.accountId, user.path, user.name);
}

function arnOfRole(role: IamRoleRecord): string {
  return roleArn(role.accountId, role.path, role.name);
}

export function arnOfPolicy(policy: IamPolicyRecord): string {
  return policyArn(policy.accountId, policy.path, policy.name);
}

/**
 * The user of an operation: the named user or, without a name, the caller.
 *
 * @throws ValidationError no user is named and the caller is not a user
 */
export function userNameOr(userName: string | undefined, { caller }: IamOperationContext): string {
  if (userName !== undefined) return userName;
  if (caller.kind !== "user") {
    throw new ValidationError("Must specify userName when calling with non-User credentials");
  }
  return caller.name;
}

/** A user as lists show it. */
export function userSummary(user: IamUserRecord): Iam.User {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.uniqueId,
    Arn: arnOfUser(user),
    CreateDate: user.createdAt,
  };
}

/** A user as CreateUser and GetUser show it. */
export function userDetail(user: IamUserRecord): Iam.User {
  return { ...userSummary(user), ...boundaryOf(user), ...tagsOf(user.tags) };
}

/** A role as lists show it. @param trustPolicy as {@link shownTrustPolicy} gives it */
export function roleSummary(role: IamRoleRecord, trustPolicy: string): Iam.Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.uniqueId,
    Arn: arnOfRole(role),
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: trustPolicy,
    ...(role.description === undefined ? {} : { Description: role.description }),
    MaxSessionDuration: role.maxSessionSeconds,
  };
}

/** A role as CreateRole shows it; GetRole adds when it was last used. */
export function roleDetail(role: IamRoleRecord, trustPolicy: string): Iam.Role {
  return { ...roleSummary(role, trustPolicy), ...boundaryOf(role), ...tagsOf(role.tags) };
}

function boundaryOf({ permissionsBoundaryArn }: IamIdentityRecord): {
  PermissionsBoundary?: Iam.AttachedPermissionsBoundary;
} {
  if (permissionsBoundaryArn === undefined) return {};
  return {
    PermissionsBoundary: {
      // The API Reference's examples say `Policy`; this is the one value of the model's enumeration.
      PermissionsBoundaryType: "PermissionsBoundaryPolicy",
      PermissionsBoundaryArn: permissionsBoundaryArn,
    },
  };
}

function tagsOf(tags: Readonly<Record<string, string>>): { Tags?: Iam.Tag[] } {
  return Object.keys(tags).length === 0 ? {} : { Tags: tagList(tags) };
}

/** A customer managed policy as CreatePolicy and ListPolicies show it. */
export function policySummary(policy: IamPolicyRecord, usage: PolicyUsage): Iam.Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.uniqueId,
    Arn: arnOfPolicy(policy),
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: usage.attached,
    PermissionsBoundaryUsageCount: usage.boundaries,
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  };
}

/** A customer managed policy as GetPolicy shows it. */
export function policyDetail(policy: IamPolicyRecord, usage: PolicyUsage): Iam.Policy {
  const { description } = policy;
  return {
    ...policySummary(policy, usage),
    ...(description === undefined ? {} : { Description: description }),
    ...tagsOf(policy.tags),
  };
}

/** A policy of AWS's as ListPolicies shows it. */
export function awsPolicySummary(policy: AwsManagedPolicy, usage: PolicyUsage): Iam.Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.versionId,
    AttachmentCount: usage.attached,
    PermissionsBoundaryUsageCount: usage.boundaries,
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  };
}
