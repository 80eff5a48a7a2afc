import { pageOf } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { awsManagedPolicy } from "../../policy-language/index.ts";
import { requirePolicy } from "../../principals/index.ts";
import { tagList } from "../../tags.ts";

/** Lists a managed policy's tags; AWS's own policies have none. @throws NoSuchEntityException */
export const listPolicyTags: IamOperation<"ListPolicyTags"> = async (input, { store, accountId }) => {
  const { tags } = awsManagedPolicy(input.PolicyArn)
    ? { tags: {} }
    : await requirePolicy(store.iam, accountId, input.PolicyArn);
  const { items, rest } = pageOf(tagList(tags), ({ Key }) => Key, input);
  return { Tags: items, ...rest };
};
