import type { IamOperation } from "../../operation.ts";
import { checkChangeable } from "../../policies/index.ts";
import { requirePolicy } from "../../principals/index.ts";
import { withTags } from "../../tags.ts";

/** Adds tags to a managed policy, or changes them. @throws NoSuchEntityException @throws LimitExceededException */
export const tagPolicy: IamOperation<"TagPolicy"> = async (input, context) => {
  const { directory, accountId } = context;
  checkChangeable(input.PolicyArn, context, "iam:TagPolicy");
  await directory.change(async (iam) => {
    const { name } = await requirePolicy(iam, accountId, input.PolicyArn);
    await iam.policies.update(accountId, name, (policy) => ({
      ...policy,
      tags: withTags(policy.tags, input.Tags, "Policy"),
    }));
  });
  return {};
};
