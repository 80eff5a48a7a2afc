import type { IamOperation } from "../../operation.ts";
import { attachedPage } from "../../policies/index.ts";
import { requireUser } from "../../principals/index.ts";

/** Lists the managed policies that are attached to a user. @throws NoSuchEntityException */
export const listAttachedUserPolicies: IamOperation<"ListAttachedUserPolicies"> = async (input, context) => {
  const { store, accountId } = context;
  return attachedPage(await requireUser(store.iam, accountId, input.UserName), input);
};
