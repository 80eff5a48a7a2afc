import type { IamOperation } from "../../operation.ts";
import { QUOTAS } from "../../quotas.ts";

/** Counts the account's resources, with AWS's quotas for them. */
export const getAccountSummary: IamOperation<"GetAccountSummary"> = async (_input, { store, accountId }) => {
  const { users, roles, policies, oidcProviders } = store.iam;
  return {
    SummaryMap: {
      ...QUOTAS,
      Users: await users.count(accountId),
      Roles: await roles.count(accountId),
      Policies: await policies.count(accountId),
      Providers: await oidcProviders.count(accountId),
      Groups: 0,
      AccountMFAEnabled: 0,
      AccountAccessKeysPresent: 0,
      MFADevices: 0,
    },
  };
};
