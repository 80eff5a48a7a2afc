import { noSuchRole } from "../entities.ts";
import type { IamOperation } from "../operation.ts";
import { withBoundary } from "../policy-holders.ts";

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
