import { DeleteConflictException } from "../../errors.ts";
import type { IamOperation } from "../../operation.ts";
import { checkChangeable, requireVersion } from "../../policies/index.ts";
import { requirePolicy } from "../../principals/index.ts";

/**
 * Deletes a version of a managed policy that is not the default.
 *
 * @throws NoSuchEntityException
 * @throws DeleteConflictException it is the default
 */
export const deletePolicyVersion: IamOperation<"DeletePolicyVersion"> = async (input, context) => {
  const { directory, accountId } = context;
  checkChangeable(input.PolicyArn, context, "iam:DeletePolicyVersion");
  await directory.change(async (iam) => {
    const policy = await requirePolicy(iam, accountId, input.PolicyArn);
    requireVersion(policy, input.VersionId);
    if (policy.defaultVersionId === input.VersionId) {
      throw new DeleteConflictException("Cannot delete the default version of a policy.");
    }
    await iam.policies.update(accountId, policy.name, (current) => ({
      ...current,
      versions: current.versions.filter(({ id }) => id !== input.VersionId),
    }));
  });
  return {};
};
