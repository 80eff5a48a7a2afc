import type { IamOperation } from "../../operation.ts";
import { attachedPage } from "../../policies/index.ts";
import { requireRole } from "../../principals/index.ts";

/** Lists the managed policies that are attached to a role. @throws NoSuchEntityException */
export const listAttachedRolePolicies: IamOperation<"ListAttachedRolePolicies"> = async (input, context) => {
  const { store, accountId } = context;
  return attachedPage(await requireRole(store.iam, accountId, input.RoleName), input);
};
