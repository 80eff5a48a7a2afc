import { listAll } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";

/** Counts the account's resources, with AWS's quotas for them. */
export const getAccountSummary: IamOperation<"GetAccountSummary"> = async (_input, { store, accountId }) => {
  const { users, roles, policies, oidcProviders } = store.iam;
  const all = await Promise.all([
    listAll((page) => users.list(accountId, "/", page)),
    listAll((page) => roles.list(accountId, "/", page)),
    listAll((page) => policies.list(accountId, "/", page)),
    listAll((page) => oidcProviders.list(accountId, "/", page)),
  ]);
  const [userCount, roleCount, policyCount, providerCount] = all.map((records) => records.length);
  return {
    SummaryMap: {
      Users: userCount ?? 0,
      UsersQuota: 5000,
      Roles: roleCount ?? 0,
      RolesQuota: 1000,
      Policies: policyCount ?? 0,
      PoliciesQuota: 1500,
      Providers: providerCount ?? 0,
      Groups: 0,
      GroupsQuota: 300,
      AccessKeysPerUserQuota: 2,
      AttachedPoliciesPerUserQuota: 10,
      AttachedPoliciesPerRoleQuota: 10,
      UserPolicySizeQuota: 2048,
      RolePolicySizeQuota: 10240,
      PolicySizeQuota: 6144,
      AssumeRolePolicySizeQuota: 2048,
      VersionsPerPolicyQuota: 5,
      AccountMFAEnabled: 0,
      AccountAccessKeysPresent: 0,
      MFADevices: 0,
    },
  };
};
