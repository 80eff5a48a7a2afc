import { pageOf } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { requireUser } from "../../principals/index.ts";

/** Lists the names of a user's inline policies. @throws NoSuchEntityException */
export const listUserPolicies: IamOperation<"ListUserPolicies"> = async (input, { store, accountId }) => {
  const user = await requireUser(store.iam, accountId, input.UserName);
  const { items, rest } = pageOf(Object.keys(user.inlinePolicies), (name) => name, input);
  return { PolicyNames: items, ...rest };
};
