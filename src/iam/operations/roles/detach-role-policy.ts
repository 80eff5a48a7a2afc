import type { IamOperation } from "../../operation.ts";
import { withDetached } from "../../policies/index.ts";
import { noSuchRole } from "../../principals/index.ts";

/** Detaches a managed policy from a role. @throws NoSuchEntityException it was not attached, or there is no such role */
export const detachRolePolicy: IamOperation<"DetachRolePolicy"> = async (input, context) => {
  const { directory, accountId } = context;
  await directory.change(async (iam) => {
    const updated = await iam.roles.update(accountId, input.RoleName, (role) =>
      withDetached(role, input.PolicyArn),
    );
    if (!updated) throw noSuchRole(input.RoleName);
  });
  return {};
};
