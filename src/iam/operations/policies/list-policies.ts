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
  const usages = await store.iam.countAllAttachments(accountId);
  const usageOf = (arn: string) => usages.get(arn) ?? UNUSED;
  const isWanted = ({ arn }: { readonly arn: string }) => {
    if (!OnlyAttached && PolicyUsageFilter === undefined) return true;
    const { attached, boundaries } = usageOf(arn);
    return (PolicyUsageFilter === "PermissionsBoundary" ? boundaries : attached) > 0;
  };
  const { items, rest } = pageOf(candidates.filter(isWanted), ({ arn }) => arn, input);
  return { Policies: items.map(({ arn, show }) => show(usageOf(arn))), ...rest };
};

const UNUSED = { attached: 0, boundaries: 0 };
