import type { IamOperation } from "../../operation.ts";
import { checkBoundary, withBoundary } from "../../policies/index.ts";
import { noSuchRole } from "../../principals/index.ts";

/**
 * Limits the permissions of a role to those of a managed policy.
 *
 * @throws NoSuchEntityException
 * @throws InvalidInputException it is no ARN of a policy
 */
export const putRolePermissionsBoundary: IamOperation<"PutRolePermissionsBoundary"> = async (
  input,
  { directory, accountId },
) => {
  await directory.change(async (iam) => {
    await checkBoundary(input.PermissionsBoundary, accountId, iam);
    const updated = await iam.roles.update(accountId, input.RoleName, (role) =>
      withBoundary(role, input.PermissionsBoundary),
    );
    if (!updated) throw noSuchRole(input.RoleName);
  });
  return {};
};
