import { pageOf } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { requireUser } from "../../principals/index.ts";
import { tagList } from "../../tags.ts";

/** Lists a user's tags. @throws NoSuchEntityException */
export const listUserTags: IamOperation<"ListUserTags"> = async (input, { store, accountId }) => {
  const { tags } = await requireUser(store.iam, accountId, input.UserName);
  const { items, rest } = pageOf(tagList(tags), ({ Key }) => Key, input);
  return { Tags: items, ...rest };
};
