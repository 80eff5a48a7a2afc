import { requireRole } from "../entities.ts";
import type { IamOperation } from "../operation.ts";
import { attachedPage } from "../policy-holders.ts";

/** Lists the managed policies that are attached to a role. @throws NoSuchEntityException */
export const listAttachedRolePolicies: IamOperation<"ListAttachedRolePolicies"> = async (input, context) => {
  const { store, accountId } = context;
  return attachedPage(await requireRole(store.iam, accountId, input.RoleName), input);
};
