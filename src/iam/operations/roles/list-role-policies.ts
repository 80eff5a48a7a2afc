import { pageOf } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { requireRole } from "../../principals/index.ts";

/** Lists the names of a role's inline policies. @throws NoSuchEntityException */
export const listRolePolicies: IamOperation<"ListRolePolicies"> = async (input, { store, accountId }) => {
  const role = await requireRole(store.iam, accountId, input.RoleName);
  const { items, rest } = pageOf(Object.keys(role.inlinePolicies), (name) => name, input);
  return { PolicyNames: items, ...rest };
};
