import { pageOf } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { requireRole } from "../../principals/index.ts";
import { tagList } from "../../tags.ts";

/** Lists a role's tags. @throws NoSuchEntityException */
export const listRoleTags: IamOperation<"ListRoleTags"> = async (input, { store, accountId }) => {
  const { tags } = await requireRole(store.iam, accountId, input.RoleName);
  const { items, rest } = pageOf(tagList(tags), ({ Key }) => Key, input);
  return { Tags: items, ...rest };
};
