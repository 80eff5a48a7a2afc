import { listAll } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { QUOTAS } from "../../quotas.ts";

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
      ...QUOTAS,
      Users: userCount ?? 0,
      Roles: roleCount ?? 0,
      Policies: policyCount ?? 0,
      Providers: providerCount ?? 0,
      Groups: 0,
      AccountMFAEnabled: 0,
      AccountAccessKeysPresent: 0,
      MFADevices: 0,
    },
  };
};
