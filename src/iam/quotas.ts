import type { Iam } from "./api-model/index.ts";

/**
 * AWS's default quotas, as GetAccountSummary names them. Sizes are in characters without white space.
 *
 * @see IAM User Guide, "IAM and AWS STS quotas"
 */
export const QUOTAS = {
  UsersQuota: 5000,
  RolesQuota: 1000,
  PoliciesQuota: 1500,
  GroupsQuota: 300,
  AccessKeysPerUserQuota: 2,
  AttachedPoliciesPerUserQuota: 10,
  AttachedPoliciesPerRoleQuota: 20,
  UserPolicySizeQuota: 2048,
  RolePolicySizeQuota: 10240,
  PolicySizeQuota: 6144,
  AssumeRolePolicySizeQuota: 2048,
  VersionsPerPolicyQuota: 5,
} as const satisfies Partial<Record<Iam.summaryKeyType, number>>;
