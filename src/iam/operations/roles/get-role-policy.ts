import type { IamOperation } from "../../operation.ts";
import { inlinePolicy } from "../../policies/index.ts";
import { requireRole } from "../../principals/index.ts";

/** Shows an inline policy of a role. @throws NoSuchEntityException */
export const getRolePolicy: IamOperation<"GetRolePolicy"> = async (input, { store, accountId }) => {
  const role = await requireRole(store.iam, accountId, input.RoleName);
  return {
    RoleName: role.name,
    PolicyName: input.PolicyName,
    PolicyDocument: inlinePolicy(role, input.PolicyName, "role"),
  };
};
