import type { IamOperation } from "../../operation.ts";
import { withBoundary } from "../../policies/index.ts";
import { noSuchRole } from "../../principals/index.ts";

/** Takes away a role's permissions boundary, if it has one. @throws NoSuchEntityException */
export const deleteRolePermissionsBoundary: IamOperation<"DeleteRolePermissionsBoundary"> = async (
  input,
  { directory, accountId },
) => {
  await directory.change(async (iam) => {
    const updated = await iam.roles.update(accountId, input.RoleName, (role) =>
      withBoundary(role, undefined),
    );
    if (!updated) throw noSuchRole(input.RoleName);
  });
  return {};
};
