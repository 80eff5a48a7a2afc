import { listAll, pageOf } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { awsManagedPolicies } from "../../policy-language/index.ts";
import { arnOfPolicy, awsPolicySummary, policySummary } from "../../principals/index.ts";

/** Lists managed policies, AWS's and the account's, by ARN. */
export const listPolicies: IamOperation<"ListPolicies"> = async (input, { store, accountId }) => {
  const { Scope = "All", OnlyAttached = false, PathPrefix = "/", PolicyUsageFilter } = input;
  const local =
    Scope === "AWS" ? [] : await listAll((page) => store.iam.policies.list(accountId, PathPrefix, page));
  const ofAws =
    Scope === "Local" ? [] : awsManagedPolicies().filter(({ path }) => path.startsWith(PathPrefix));
  const candidates = [
    ...local.map((policy) => ({ arn: arnOfPolicy(policy), show: policySummary.bind(undefined, policy) })),
    ...ofAws.map((policy) => ({ arn: policy.arn, show: awsPolicySummary.bind(undefined, policy) })),
  ];
  const usageOf = (arn: string) => store.iam.countAttachments(accountId, arn);

  const wanted: typeof candidates = [];
  for (const candidate of candidates) {
    if (!OnlyAttached && PolicyUsageFilter === undefined) wanted.push(candidate);
    else {
      const { attached, boundaries } = await usageOf(candidate.arn);
      const inUse = PolicyUsageFilter === "PermissionsBoundary" ? boundaries : attached;
      if (inUse > 0) wanted.push(candidate);
    }
  }
  const { items, rest } = pageOf(wanted, ({ arn }) => arn, input);
  return {
    Policies: await Promise.all(items.map(async ({ arn, show }) => show(await usageOf(arn)))),
    ...rest,
  };
};
