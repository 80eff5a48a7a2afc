import type { IamOperation } from "../../operation.ts";
import { checkChangeable } from "../../policies/index.ts";
import { requirePolicy } from "../../principals/index.ts";
import { withoutTags } from "../../tags.ts";

/** Removes tags from a managed policy; absent tags are not an error. @throws NoSuchEntityException */
export const untagPolicy: IamOperation<"UntagPolicy"> = async (input, context) => {
  const { directory, accountId } = context;
  checkChangeable(input.PolicyArn, context, "iam:UntagPolicy");
  await directory.change(async (iam) => {
    const { name } = await requirePolicy(iam, accountId, input.PolicyArn);
    await iam.policies.update(accountId, name, (policy) => ({
      ...policy,
      tags: withoutTags(policy.tags, input.TagKeys),
    }));
  });
  return {};
};
