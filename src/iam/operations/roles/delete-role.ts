import type { IamOperation } from "../../operation.ts";
import { requireNoPolicies, requireRole } from "../../principals/index.ts";

/**
 * Deletes a role that has no policies left. Its sessions end with it.
 *
 * @throws NoSuchEntityException
 * @throws DeleteConflictException
 */
export const deleteRole: IamOperation<"DeleteRole"> = async ({ RoleName }, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const role = await requireRole(iam, accountId, RoleName);
    requireNoPolicies(role);
    await iam.roles.delete(accountId, RoleName);
  });
  return {};
};
