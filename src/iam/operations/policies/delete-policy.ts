import { DeleteConflictException } from "../../errors.ts";
import type { IamOperation } from "../../operation.ts";
import { checkChangeable } from "../../policies/index.ts";
import { requirePolicy } from "../../principals/index.ts";

/**
 * Deletes a managed policy that is attached to no principal and has only its default version.
 *
 * @throws NoSuchEntityException
 * @throws DeleteConflictException
 */
export const deletePolicy: IamOperation<"DeletePolicy"> = async ({ PolicyArn }, context) => {
  const { directory, accountId } = context;
  checkChangeable(PolicyArn, context, "iam:DeletePolicy");
  await directory.change(async (iam) => {
    const policy = await requirePolicy(iam, accountId, PolicyArn);
    const { attached, boundaries } = await iam.countAttachments(accountId, PolicyArn);
    if (attached + boundaries > 0) {
      throw new DeleteConflictException("Cannot delete a policy attached to entities.");
    }
    if (policy.versions.length > 1) {
      throw new DeleteConflictException(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    await iam.policies.delete(accountId, policy.name);
  });
  return {};
};
