import { DeleteConflictException } from "../../errors.ts";
import type { IamOperation } from "../../operation.ts";
import { requireRole } from "../../principals/index.ts";

/**
 * Deletes a role that has no policies left. Its sessions end with it.
 *
 * @throws NoSuchEntityException
 * @throws DeleteConflictException
 */
export const deleteRole: IamOperation<"DeleteRole"> = async ({ RoleName }, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const role = await requireRole(iam, accountId, RoleName);
    const conflict = (what: string) =>
      new DeleteConflictException(`Cannot delete entity, must ${what} first.`);
    if (role.attachedPolicyArns.length > 0) throw conflict("detach all policies");
    if (Object.keys(role.inlinePolicies).length > 0) throw conflict("delete policies");
    await iam.roles.delete(accountId, RoleName);
  });
  return {};
};
